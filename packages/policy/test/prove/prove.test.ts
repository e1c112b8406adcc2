/** Statements hold, or have the smallest counterexample. */
import { buildSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import {
  always,
  createModel,
  equal,
  field,
  implies,
  type Knowledge,
  never,
  onlyIf,
  prove,
  type Statement,
  when,
} from '../../src/prove/prove.ts'
import {
  allow,
  and,
  caller,
  deny,
  firstParty,
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

interface Book {
  readonly by: string
  readonly readers: readonly string[]
}

const mine = object<Book>('mine', (principal, { by }) => principal.kind === 'user' && principal.id === by)
const lent = object<Book>('lent', (principal, book) => principal.kind === 'user' && book.readers.includes(principal.id))
const reads = has('books:read')

const types = buildSchema(`
  type Query { book(id: ID!): Book me: Reader }
  type Mutation { lend(id: ID!, to: String!): Book }
  type Book { title: String draft: String author: Reader }
  type Reader { name: String email: String }
`)

const table = {
  Query: { book: reads, me: person },
  Mutation: { lend: and(person, has('books:lend')) },
  Book: { title: and(reads, or(mine, lent)), draft: and(reads, mine), author: allow },
  Reader: { name: allow, email: inGroup('shop:staff') },
}

const knowledge: Knowledge = {
  relations: [not(and(mine, lent)), or(not(mine), person), or(not(lent), person)],
  examples: {
    Book: (holds) => ({ by: holds(mine) ? 'caller' : 'other', readers: holds(lent) ? ['caller'] : [] }),
  },
}

interface Changes {
  readonly Query?: Partial<Record<keyof typeof table.Query, Rule>>
  readonly Mutation?: Partial<Record<keyof typeof table.Mutation, Rule>>
  readonly Book?: Partial<Record<keyof typeof table.Book, Rule>>
  readonly Reader?: Partial<Record<keyof typeof table.Reader, Rule>>
}

function modelWith(changes: Changes = {}, known = knowledge) {
  const rows = Object.entries(table).map(([type, row]) => [type, { ...row, ...changes[type as keyof Changes] }])
  return createModel(types, Object.fromEntries(rows), known)
}

function proofOf(statement: Statement, changes?: Changes, known?: Knowledge) {
  const [proof] = prove(modelWith(changes, known), { it: statement })
  if (!proof) throw new Error('no proof')
  return proof
}

const rows: readonly (readonly [name: string, statement: Statement, changes: Changes])[] = [
  ['never', never(field('Query.*'), when(not(signedIn))), { Query: { book: or(reads, not(signedIn)) } }],
  [
    'never without a condition',
    never(field('Reader.email'), when(not(inGroup('shop:staff')))),
    { Reader: { email: person } },
  ],
  ['always', always(field('Book.title'), when(reads, lent)), { Book: { title: and(reads, mine) } }],
  ['implies', implies(field('Book.draft'), field('Book.title')), { Book: { draft: reads } }],
  ['implies between rules', implies(mine, signedIn), { Book: {} }],
  ['only if', onlyIf(field('Book.draft'), mine), { Book: { draft: or(mine, and(reads, lent)) } }],
  ['equal', equal(field('Book.title'), and(reads, or(lent, mine))), { Book: { title: reads } }],
  [
    'equal, where the other side is wider',
    equal(field('Book.title'), and(reads, or(lent, mine))),
    { Book: { title: deny } },
  ],
]

describe('a statement', () => {
  it.each(rows)('holds for every caller and object: %s', (_word, statement) => {
    expect(proofOf(statement)).toMatchObject({ holds: true, failing: [] })
  })

  it.each(rows.filter(([name]) => name !== 'implies between rules'))(
    'is false for one of them: %s',
    (_word, statement, changes) => {
      const { holds, counterexample, failing } = proofOf(statement, changes)
      expect({ holds, differs: counterexample?.differs }).toEqual({ holds: false, differs: [] })
      expect(failing.length).toBeGreaterThan(0)
    },
  )

  it('is in the words of its rules', () => {
    expect(proofOf(never(field('Book.draft'), when(reads, lent))).statement).toBe(
      'never Book.draft when scope books:read and lent',
    )
  })

  it('is checked for each field that it names', () => {
    expect(proofOf(never(field('Book.title', 'Reader.email'), when(not(signedIn))))).toMatchObject({ fields: 2 })
    expect(proofOf(never(field('Query.*'), when(not(signedIn))))).toMatchObject({ fields: 2 })
  })

  it('is refused for a field that the policy lacks', () => {
    expect(() => proofOf(never(field('Book.cover')))).toThrow('the policy has no field Book.cover')
    expect(() => proofOf(never(field('Shelf.*')))).toThrow('the policy has no field Shelf.*')
  })

  it('is refused when its rule only has the name of a rule of the table', () => {
    const other = object<Book>('mine', () => true)
    expect(() => proofOf(never(field('Book.draft'), when(other)))).toThrow('two rules are called "mine"')
  })

  it('is refused when two of its rules have one name that the table lacks', () => {
    const [yes, no] = [object('odd', () => true), object('odd', () => false)]
    expect(() => proofOf(implies(yes, no))).toThrow('two rules are called "odd"')
    expect(proofOf(implies(yes, yes)).holds).toBe(true)
  })

  it('is refused beside a relation whose rule only has the name of one of the table', () => {
    const other = object<Book>('mine', () => true)
    const known = { relations: [not(other)] }
    expect(() => modelWith({}, known)).toThrow('two rules are called "mine"')
    expect(() => modelWith({}, { relations: [not(lent), object('lent', () => true)] })).toThrow('"lent"')
    expect(() => modelWith({}, { relations: [or(not(mine), person)] })).not.toThrow()
  })

  it('that can not fail is a defect', () => {
    const proof = proofOf(never(field('Book.title'), when(mine, lent)))
    expect(proof).toMatchObject({ holds: false, defect: 'Book.title: no caller and object fulfil the condition' })
    expect(proofOf(implies(deny, field('Book.title'))).defect).toMatch(/no caller and object/)
  })

  it('about more atoms than can be exhausted is refused, and not half checked', () => {
    const scopes = Array.from({ length: 20 }, (_, index) => has(`s${index}`))
    const [first = deny, ...others] = scopes
    expect(proofOf(always(field('Reader.name'), when(first, ...others)))).toMatchObject({
      holds: false,
      defect: 'Reader.name: 21 atoms, of which at most 20 can be exhausted',
      valuations: 0,
    })
  })

  it('sees through notFound, as the decision does', () => {
    expect(proofOf(onlyIf(field('Book.draft'), mine), { Book: { draft: notFound(mine) } }).holds).toBe(true)
  })
})

describe('the counterexample', () => {
  it('is the smallest: no fact can be left out', () => {
    const wide = { Book: { draft: or(and(reads, mine), and(reads, has('a'), has('b')), and(has('c'), reads)) } }
    expect(proofOf(onlyIf(field('Book.draft'), mine), wide).counterexample).toMatchObject({
      facts: ['signed in', 'scope books:read', 'scope c'],
    })
  })

  it('has a caller, an object, the decisions and a request', () => {
    const { counterexample } = proofOf(onlyIf(field('Book.draft'), mine), { Book: { draft: or(mine, lent) } })
    expect(counterexample).toMatchObject({
      principal: { kind: 'user', scopes: new Set(['books:read']) },
      object: { by: 'other', readers: ['caller'] },
      decisions: { 'Book.draft': 'allowed' },
      request: { query: 'query ($id: ID!) { book(id: $id) { draft } }', variables: { id: '<id>' } },
    })
  })

  it('satisfies the rules on the way to the object', () => {
    const { counterexample } = proofOf(never(field('Book.author'), when(not(person))))
    expect(counterexample?.principal).toMatchObject({ kind: 'service', scopes: new Set(['books:read']) })
  })

  it('has no request where other rules refuse every way', () => {
    const { counterexample } = proofOf(never(field('Book.author'), when(not(signedIn))))
    expect(counterexample).toMatchObject({ principal: { kind: 'anonymous' }, coordinate: 'Book.author' })
    expect(counterexample?.request).toBeUndefined()
  })

  it('is reached by the ways that are stated', () => {
    const known = { ...knowledge, ways: { Book: [{ through: ['Mutation.lend'], given: mine }] } }
    const { counterexample } = proofOf(never(field('Book.author'), when(signedIn)), {}, known)
    expect(counterexample?.request).toEqual({
      query: 'mutation ($id: ID!, $to: String!) { lend(id: $id, to: $to) { author { __typename } } }',
      variables: { id: '<id>', to: '<to>' },
    })
  })

  it.each([
    ['a service', and(signedIn, not(person)), { kind: 'service' }],
    ['a third party', and(person, not(firstParty)), { kind: 'user', thirdParty: true }],
    ['a member of a group', inGroup('g:a'), { groups: new Set(['g:a']) }],
    ['the anonymous caller', not(signedIn), { kind: 'anonymous' }],
  ])('is %s where the statement is about one', (_whom, rule, principal) => {
    expect(proofOf(never(field('Reader.name'), when(rule))).counterexample?.principal).toMatchObject(principal)
  })

  it('says which atoms its example does not show', () => {
    const odd = caller('odd', (principal) => principal.kind === 'user' && principal.id === 'odd')
    expect(proofOf(never(field('Reader.name'), when(odd))).counterexample?.differs).toEqual(['odd'])
    const { counterexample } = proofOf(never(field('Book.author'), when(mine)), {}, {})
    expect(counterexample?.differs).toEqual(['mine'])
  })
})
