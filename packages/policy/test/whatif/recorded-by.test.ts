/** Records of rules that have another test, or another name, than those that judge. */
import type { Principal } from '@fieldnotes/core/principal'
import { describe, expect, it } from 'vitest'
import { createModel, type Model } from '../../src/prove/prove.ts'
import { allow, and, caller, object, or, type Rule } from '../../src/rules.ts'
import { whatIf } from '../../src/whatif/what-if.ts'
import { alice, type Book, early, mine, reads, recordsOf, types } from '../kit/recorded-books.ts'

function byCaller(name: string, test: (principal: Principal, book: Book) => boolean): Rule {
  return object<Book>(name, test)
}

function isOwn(principal: Principal, { by }: Book): boolean {
  return principal.kind === 'user' && by === principal.id
}

const myOwn = byCaller('my own', isOwn)

const examples = {
  Book: (holds: (rule: Rule) => boolean) => ({ by: holds(mine) || holds(myOwn) ? 'caller' : 'other', title: '' }),
}

function modelWith(draft: Rule): Model {
  const table = { Query: { books: allow }, Book: { title: allow, draft, note: reads } }
  return createModel(types, table, { examples })
}

const { decisions } = await recordsOf(alice)

function judgedBy(draft: Rule, recorder: Rule = and(reads, mine)) {
  return whatIf(modelWith(draft), decisions, { recordedBy: modelWith(recorder) })
}

function undetermined(...missing: readonly string[]): readonly object[] {
  return [{ field: 'Book.draft', missing, count: 3 }]
}

describe('a rule that keeps its name', () => {
  it.each<readonly [string, (principal: Principal, book: Book) => boolean]>([
    ['decides otherwise', ({ kind }) => kind === 'user'],
    ['reads what no example varies', (_principal, { title }) => title === 'x'],
  ])('is not judged by its records when it %s', (_what, test) => {
    expect(judgedBy(and(reads, byCaller('mine', test))).undetermined).toEqual(undetermined('mine'))
  })

  it('is judged by its records when its test is the same', () => {
    const same = judgedBy(and(reads, byCaller('mine', isOwn)))
    expect(same).toMatchObject({ undetermined: [], changed: [{ field: 'Book.note' }] })
  })

  it('does not matter where the rules no longer read it', () => {
    const open = createModel(types, { Query: { books: allow }, Book: { title: allow, draft: allow, note: allow } })
    expect(whatIf(open, decisions, { recordedBy: modelWith(mine) }).undetermined).toEqual([])
  })
})

describe('a rule with another name', () => {
  it('is judged by the records of its former name when its test is the same', () => {
    expect(judgedBy(and(reads, myOwn))).toMatchObject({ undetermined: [], changed: [{ field: 'Book.note' }] })
    expect(judgedBy(or(reads, myOwn)).changed).toContainEqual({
      field: 'Book.draft',
      caller: 'person',
      before: 'FORBIDDEN',
      after: 'allowed',
      count: 2,
    })
  })

  it('of a caller is judged by the records of its former name', () => {
    const soon = caller('soon', (principal) => principal.kind !== 'anonymous' && principal.clientId === 'early')
    const none = caller('none', () => false)
    // No example varies the client, so that only a constant test is known to be the same.
    expect(judgedBy(and(reads, or(mine, soon)), and(reads, or(mine, early))).undetermined).toMatchObject([
      { missing: ['soon'], count: 2 },
    ])
    const never = caller('early', () => false)
    expect(judgedBy(and(reads, or(mine, none)), and(reads, or(mine, never))).undetermined).toEqual([])
  })

  it('is undetermined when its test is another one, or without the rules that recorded', () => {
    const wider = byCaller('my own', ({ kind }) => kind === 'user')
    expect(judgedBy(and(reads, wider)).undetermined).toEqual(undetermined('my own'))
    expect(whatIf(modelWith(and(reads, myOwn)), decisions).undetermined).toEqual(undetermined('my own'))
  })
})
