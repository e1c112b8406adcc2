/** Books whose decisions are recorded. */
import type { Principal } from '@fieldnotes/core/principal'
import { sampleUser } from '@fieldnotes/core/sample-principals'
import { buildSchema, graphql } from 'graphql'
import { expect } from 'vitest'
import { createPolicy } from '../../src/policy.ts'
import { argument } from '../../src/rule/argument.ts'
import { allow, and, caller, has, inGroup, object, or, signedIn } from '../../src/rules.ts'
import { type Recorded, recordedIn, recording } from '../../src/whatif/recording-schema.ts'

export interface Book {
  readonly by: string
  readonly title: string
}

export const mine = object<Book>('mine', (principal, { by }) => principal.kind === 'user' && principal.id === by)
export const early = caller('early', (principal) => principal.kind !== 'anonymous' && principal.clientId === 'early')
export const reads = has('read')
const staff = inGroup('g:staff')
export const types = buildSchema(
  'type Query { books(order: String): [Book] } type Book { title: String draft: String note: String }',
)

export const table = {
  Query: { books: and(signedIn, argument('order', staff)) },
  Book: { title: allow, draft: and(reads, or(mine, early)), note: and(reads, staff) },
}

export const rootValue = {
  books: [
    { by: 'secret-id', title: 'secret title', draft: 'secret draft', note: 'n' },
    { by: 'other-id', title: 'second title', draft: 'd', note: 'n' },
    { by: 'third-id', title: 'third title', draft: 'd', note: 'n' },
  ],
}

export const alice = sampleUser({ id: 'secret-id', scopes: new Set(['read']), groups: new Set(['g:family-of-alice']) })

/** The decisions of one execution, whose response is the same as without a recorder. */
export async function recordsOf(
  principal: Principal,
  rules: typeof table = table,
  source = '{ books { title draft note } }',
): Promise<Recorded> {
  const { schema } = createPolicy(types, rules)
  const contextValue = { principal }
  const result = await graphql({ schema: recording(schema, rules), source, rootValue, contextValue })
  expect(result).toEqual(await graphql({ schema, source, rootValue, contextValue: { principal } }))
  return recordedIn(contextValue)
}
