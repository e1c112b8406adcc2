/** Recorded decisions are judged again by other rules. */
import { sampleService, sampleUser } from '@fieldnotes/core/sample-principals'
import { describe, expect, it } from 'vitest'
import { createModel } from '../../src/prove/prove.ts'
import { and, caller, deny, has, inGroup, not, notFound, or, person, type Rule, signedIn } from '../../src/rules.ts'
import { type RecordedDecision, whatIf } from '../../src/whatif/what-if.ts'
import { formatWhatIf } from '../../src/whatif/what-if-text.ts'
import { alice, early, mine, reads, recordsOf, table, types } from '../kit/recorded-books.ts'

function judged(records: readonly unknown[], Book: Partial<Record<'title' | 'draft' | 'note', Rule>>) {
  return whatIf(createModel(types, { ...table, Book: { ...table.Book, ...Book } }), records)
}

describe('what if other rules decided', () => {
  it('reports nothing for the same rules, and for rules that only read otherwise', async () => {
    const { decisions } = await recordsOf(alice)
    expect(judged(decisions, {})).toMatchObject({ decisions: 10, changed: [], undetermined: [], unreadable: 0 })
    const refactored = not(or(not(reads), and(not(early), not(mine))))
    expect(judged(decisions, { draft: refactored })).toMatchObject({ changed: [], undetermined: [] })
  })

  it('names the field, the kind of caller and the count of a widening', async () => {
    const { decisions } = await recordsOf(alice)
    expect(judged(decisions, { draft: reads }).changed).toEqual([
      { field: 'Book.draft', caller: 'person', before: 'FORBIDDEN', after: 'allowed', count: 2 },
    ])
  })

  it.each([
    ['a service', sampleService({ scopes: new Set(['read']) }), 'service'],
    ['a third party', sampleUser({ thirdParty: true, scopes: new Set(['read']) }), 'third party'],
  ])('distinguishes %s', async (_whom, principal, kind) => {
    const { decisions } = await recordsOf(principal)
    expect(judged(decisions, { title: and(person, not(signedIn)) }).changed).toEqual([
      { field: 'Book.title', caller: kind, before: 'allowed', after: 'FORBIDDEN', count: 3 },
    ])
  })

  it('names another code of a refusal', async () => {
    const { decisions } = await recordsOf(alice)
    expect(judged(decisions, { draft: notFound(table.Book.draft) }).changed).toMatchObject([
      { before: 'FORBIDDEN', after: 'NOT_FOUND', count: 2 },
    ])
  })

  it('does not guess facts that were not recorded, and decides where they do not matter', async () => {
    const { decisions } = await recordsOf(alice)
    expect(judged(decisions, { note: and(reads, inGroup('g:new')) })).toMatchObject({
      changed: [],
      undetermined: [{ field: 'Book.note', missing: ['group g:new'], count: 3 }],
    })
    expect(judged(decisions, { note: and(has('absent'), inGroup('g:new')) }).undetermined).toEqual([])
    const missing = Array.from({ length: 9 }, (_, index) => inGroup(`g:${index}`))
    expect(judged(decisions, { note: and(...missing) }).undetermined).toMatchObject([{ count: 3 }])
  })

  it('judges a removed field as closed', async () => {
    const { decisions } = await recordsOf(alice)
    const records = decisions.map((record) => ({ ...record, field: record.field.replace('title', 'gone') }))
    expect(judged(records, {}).changed).toMatchObject([{ field: 'Book.gone', after: 'FORBIDDEN', count: 3 }])
  })

  it('does not judge again what a rule left undecided', async () => {
    const [record] = (await recordsOf(alice)).decisions
    expect(judged([{ ...record, field: 'Book.title', outcome: 'UNAVAILABLE' }], { title: deny }).changed).toEqual([])
  })

  const someone = { kind: 'user', thirdParty: false, scopes: [], groups: {}, rules: {} } as const
  const good: RecordedDecision = { field: 'Book.title', caller: someone, object: {}, outcome: 'allowed', count: 1 }
  it.each([
    ['nothing', undefined],
    ['no object', [good]],
    ['no field', { ...good, field: 1 }],
    ['a kind that is none', { ...good, caller: { ...someone, kind: 'admin' } }],
    ['scopes that are no list', { ...good, caller: { ...someone, scopes: 'read' } }],
    ['facts that are no booleans', { ...good, object: { mine: 1 } }],
    ['an outcome that is none', { ...good, outcome: 'yes' }],
    ['a count below one', { ...good, count: 0 }],
  ])('counts what is no record: %s', (_what, record) => {
    expect(judged([record, good], {})).toMatchObject({ decisions: 1, unreadable: 1 })
  })

  it('takes no fact from the prototype of a record', () => {
    const odd = caller('constructor', () => true)
    expect(judged([good], { title: odd }).undetermined).toMatchObject([{ missing: ['constructor'] }])
  })

  it('is text', async () => {
    const { decisions } = await recordsOf(alice)
    const text = formatWhatIf(judged([...decisions, 1], { draft: reads, note: inGroup('g:new') }))
    expect(text).toContain('10 recorded decisions: 2 changed, 3 undetermined. 1 values are no records.')
    expect(text).toContain('2  Book.draft, person: FORBIDDEN → allowed')
    expect(text).toContain('3  Book.note: not recorded: group g:new')
  })
})
