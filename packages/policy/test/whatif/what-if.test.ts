/** Decisions are recorded without contents, and judged again by other rules. */
import { anonymous, type Principal } from '@fieldnotes/core/principal'
import { sampleService, sampleUser } from '@fieldnotes/core/sample-principals'
import { buildSchema, graphql } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createPolicy } from '../../src/policy.ts'
import { createModel } from '../../src/prove/prove.ts'
import { argument } from '../../src/rule/argument.ts'
import {
  allow,
  and,
  caller,
  deny,
  has,
  inGroup,
  not,
  notFound,
  object,
  or,
  person,
  type Rule,
  signedIn,
} from '../../src/rules.ts'
import { recordedIn, recording, recordsMax } from '../../src/whatif/recording-schema.ts'
import { type RecordedDecision, whatIf } from '../../src/whatif/what-if.ts'
import { formatWhatIf } from '../../src/whatif/what-if-text.ts'

interface Book {
  readonly by: string
  readonly title: string
}

const mine = object<Book>('mine', (principal, { by }) => principal.kind === 'user' && principal.id === by)
const early = caller('early', (principal) => principal.kind !== 'anonymous' && principal.clientId === 'early')
const reads = has('read')
const staff = inGroup('g:staff')
const types = buildSchema(
  'type Query { books(order: String): [Book] } type Book { title: String draft: String note: String }',
)

const table = {
  Query: { books: and(signedIn, argument('order', staff)) },
  Book: { title: allow, draft: and(reads, or(mine, early)), note: and(reads, staff) },
}

const rootValue = {
  books: [
    { by: 'secret-id', title: 'secret title', draft: 'secret draft', note: 'n' },
    { by: 'other-id', title: 'second title', draft: 'd', note: 'n' },
    { by: 'third-id', title: 'third title', draft: 'd', note: 'n' },
  ],
}

const alice = sampleUser({ id: 'secret-id', scopes: new Set(['read']), groups: new Set(['g:family-of-alice']) })

async function recordsOf(principal: Principal, rules: typeof table = table, source = '{ books { title draft note } }') {
  const { schema } = createPolicy(types, rules)
  const contextValue = { principal }
  const result = await graphql({ schema: recording(schema, rules), source, rootValue, contextValue })
  expect(result).toEqual(await graphql({ schema, source, rootValue, contextValue: { principal } }))
  return recordedIn(contextValue)
}

function judged(records: readonly unknown[], Book: Partial<Record<'title' | 'draft' | 'note', Rule>>) {
  return whatIf(createModel(types, { ...table, Book: { ...table.Book, ...Book } }), records)
}

describe('recorded decisions', () => {
  it('fold equal ones into one with a count', async () => {
    const { decisions, dropped } = await recordsOf(alice)
    expect(dropped).toBe(0)
    expect(decisions.map(({ field, object, outcome, count }) => [field, object, outcome, count])).toEqual([
      ['Query.books', { 'argument order given': false }, 'allowed', 1],
      ['Book.title', { mine: true }, 'allowed', 1],
      ['Book.draft', { mine: true }, 'allowed', 1],
      ['Book.note', { mine: true }, 'FORBIDDEN', 1],
      ['Book.title', { mine: false }, 'allowed', 2],
      ['Book.draft', { mine: false }, 'FORBIDDEN', 2],
      ['Book.note', { mine: false }, 'FORBIDDEN', 2],
    ])
    expect(decisions[0]?.caller).toEqual({
      kind: 'user',
      thirdParty: false,
      scopes: ['read'],
      groups: { 'g:staff': false },
      rules: { early: false },
    })
  })

  it('have no id, no content, and no group that no rule reads', async () => {
    const text = JSON.stringify(await recordsOf(alice, table, '{ books(order: "secret order") { title draft } }'))
    expect(text).toContain('FORBIDDEN')
    expect(text).not.toMatch(/secret|family|-id|title"?:/)
  })

  it('are none without a principal, and the anonymous caller has no facts', async () => {
    const { schema } = createPolicy(types, table)
    const contextValue = {}
    await graphql({ schema: recording(schema, table), source: '{ books { title } }', rootValue, contextValue })
    expect(recordedIn(contextValue).decisions).toEqual([])
    const { decisions } = await recordsOf(anonymous)
    expect(decisions).toMatchObject([{ field: 'Query.books', outcome: 'UNAUTHENTICATED', caller: { scopes: [] } }])
  })

  it('are bounded: further different ones are counted', async () => {
    const names = Array.from({ length: recordsMax + 50 }, (_, index) => `f${index}`)
    const wide = buildSchema(`type Query { ${names.map((name) => `${name}: Int`).join(' ')} }`)
    const rules = { Query: Object.fromEntries(names.map((name) => [name, signedIn])) }
    const contextValue = { principal: alice }
    const schema = recording(createPolicy(wide, rules).schema, rules)
    await graphql({ schema, source: `{ ${names.join(' ')} }`, contextValue })
    expect(recordedIn(contextValue)).toMatchObject({ dropped: 50 })
    expect(recordedIn(contextValue).decisions).toHaveLength(recordsMax)
  })

  it('leave out a rule that throws, and open nothing', async () => {
    const broken = object<Book>('broken', () => {
      throw new Error('no')
    })
    const { decisions } = await recordsOf(alice, { ...table, Book: { ...table.Book, note: and(reads, broken) } })
    const [note] = decisions.filter(({ field }) => field === 'Book.note')
    expect(note).toMatchObject({ outcome: 'UNAVAILABLE', object: { mine: true } })
    expect(note?.object).not.toHaveProperty('broken')
  })
})

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

  it('does not use what a rule of the same name recorded with another test', async () => {
    const { decisions } = await recordsOf(alice)
    const examples = { Book: (holds: (rule: Rule) => boolean) => ({ by: holds(mine) ? 'caller' : 'other', title: '' }) }
    const modelWith = (rule: Rule) =>
      createModel(
        types,
        { Query: { books: allow }, Book: { title: allow, draft: and(reads, rule), note: reads } },
        { examples },
      )
    const judgedBy = (test: (principal: Principal, book: Book) => boolean) =>
      whatIf(modelWith(object('mine', test)), decisions, { recordedBy: modelWith(mine) })
    const undetermined = [{ field: 'Book.draft', missing: ['mine'], count: 3 }]
    expect(judgedBy(({ kind }) => kind === 'user').undetermined).toEqual(undetermined)
    expect(judgedBy((_principal, { title }) => title === 'x').undetermined).toEqual(undetermined)
    const same = judgedBy((principal, { by }) => principal.kind === 'user' && by === principal.id)
    expect(same).toMatchObject({ undetermined: [], changed: [{ field: 'Book.note' }] })
    const open = createModel(types, { Query: { books: allow }, Book: { title: allow, draft: allow, note: allow } })
    expect(whatIf(open, decisions, { recordedBy: modelWith(mine) }).undetermined).toEqual([])
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
