/** The README's example, word for word. */

import { readFileSync } from 'node:fs'
import { anonymous } from '@fieldnotes/core/principal'
import { createPolicy } from '@fieldnotes/policy/policy'
import { allow, and, has, object, type RuleTable, signedIn } from '@fieldnotes/policy/rules'
import { buildSchema, graphql } from 'graphql'
import { describe, expect, it } from 'vitest'
import { someone } from './shop.ts'

// begin
interface Types {
  Query: { book: Book }
  Book: Book
}

interface Book {
  title: string
  draft: string
}

const schema = buildSchema('type Query { book: Book } type Book { title: String draft: String }')

const mine = object<{ author: string }>(
  'mine',
  (principal, book) => principal.kind === 'user' && principal.id === book.author,
)

const table: RuleTable<Types> = {
  Query: { book: has('books:read') },
  Book: { title: allow, draft: and(signedIn, mine) },
}

const policy = createPolicy(schema, table)

const request = (id: string) =>
  graphql({
    schema: policy.schema,
    source: '{ book { title draft } }',
    rootValue: { book: { author: 'alice', title: 'Fields', draft: 'Notes' } },
    contextValue: { principal: someone(id, ['books:read']) },
  })
// end

const whole = (text: string): string => text.replace(/\s+/g, ' ').replace(/, ([)\]}])/g, ' $1')

describe('the example of the README', () => {
  it('stands there as it stands here', () => {
    const here = readFileSync(new URL(import.meta.url), 'utf8')
    const example = here.slice(here.indexOf('// begin') + 8, here.indexOf('// end'))
    expect(whole(readFileSync(new URL('../README.md', import.meta.url), 'utf8'))).toContain(whole(example))
  })

  it('shows a draft to its author and nobody else', async () => {
    expect((await request('alice')).data).toEqual({ book: { title: 'Fields', draft: 'Notes' } })
    const { data, errors } = await request('bob')
    expect(data).toEqual({ book: { title: 'Fields', draft: null } })
    expect(errors?.map(({ path }) => path?.join('.'))).toEqual(['book.draft'])
    expect(policy.decide(anonymous, 'Query.book')).toMatchObject({ allowed: false, code: 'UNAUTHENTICATED' })
  })
})
