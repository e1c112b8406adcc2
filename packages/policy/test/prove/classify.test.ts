/** Fields are wider, narrower or incomparable, each with the smallest example. */
import type { Service, User } from '@fieldnotes/core/principal'
import { buildSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import { type Classification, classify } from '../../src/prove/classify.ts'
import { formatClassification } from '../../src/prove/classify-text.ts'
import { createModel, type Knowledge } from '../../src/prove/prove.ts'
import {
  allow,
  and,
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

type Known = User | Service

interface Book {
  readonly by: string
  readonly closed: boolean
  readonly tags: readonly string[]
  readonly pinned?: boolean
  readonly lost?: { readonly at: Date }
}

function byCaller(name: string, test: (book: Book) => boolean): Rule {
  return object<Book>(name, (caller, book) => caller.kind !== 'anonymous' && caller.id === book.by && test(book))
}

const mine = byCaller('mine', () => true)

/** Another rule named "mine". */
function byKnown(test: (caller: Known, book: Book) => boolean): Rule {
  return object<Book>('mine', (caller, book) => caller.kind !== 'anonymous' && test(caller, book))
}

const reads = has('read')
const types = buildSchema('type Query { book(id: ID!): Book } type Book { title: String draft: String }')

const knowledge: Knowledge = {
  relations: [or(not(mine), signedIn)],
  examples: { Book: (holds) => Object.freeze({ by: holds(mine) ? 'caller' : 'other', closed: holds(mine), tags: [] }) },
}

function modelOf(draft: Rule, title: Rule = allow) {
  return createModel(types, { Query: { book: allow }, Book: { title, draft } }, knowledge)
}

function changesOf({ changes }: Classification) {
  return Object.fromEntries(changes.map(({ caller, difference }) => [caller, difference]))
}

function compare(before: Rule, after: Rule) {
  return classify(modelOf(before), modelOf(after))
}

const byThirdParties = { 'third party': 'wider', service: 'wider' }
const known = { person: 'wider', 'third party': 'wider', service: 'wider' }

describe('a change of a rule', () => {
  it.each<readonly [string, Rule, Rule, object]>([
    ['is equal when the same is said otherwise', and(reads, mine), not(or(not(mine), not(reads))), {}],
    ['is equal when a part was implied', and(signedIn, reads), reads, {}],
    ['is wider for all when it opens', deny, allow, { anonymous: 'wider', ...known }],
    ['is wider for one kind of caller alone', person, signedIn, { service: 'wider' }],
    ['is narrower for third parties alone', person, and(person, firstParty), { 'third party': 'narrower' }],
    [
      'is incomparable when it exchanges one scope for another',
      has('a'),
      has('b'),
      { person: 'incomparable', 'third party': 'incomparable', service: 'incomparable' },
    ],
    [
      'differs from one kind of caller to another',
      person,
      and(signedIn, not(person)),
      { person: 'narrower', 'third party': 'narrower', service: 'wider' },
    ],
    [
      'is narrower when a refusal hides the object',
      and(reads, mine),
      notFound(and(reads, mine)),
      {
        anonymous: 'narrower',
        person: 'narrower',
        'third party': 'narrower',
        service: 'narrower',
      },
    ],
    ['is wider when a refusal reveals the object', notFound(signedIn), signedIn, { anonymous: 'wider' }],
    ['is wider by a group that no example names', reads, or(reads, and(inGroup('g'), has('x'))), known],
  ])('%s', (_what, before, after, changes) => {
    expect(changesOf(compare(before, after))).toEqual(changes)
  })

  it('has the smallest example on each side, with a request', () => {
    const [change] = compare(and(reads, has('a')), or(and(has('c'), has('d'), reads), has('b'))).changes
    expect(change?.wider).toMatchObject({
      principal: { scopes: new Set(['b']) },
      decisions: { 'Book.draft': 'allowed' },
      request: { query: 'query ($id: ID!) { book(id: $id) { draft } }' },
    })
    expect(change?.narrower).toMatchObject({
      principal: { scopes: new Set(['read', 'a']) },
      decisions: { 'Book.draft': 'FORBIDDEN' },
    })
  })

  it('is found when a rule keeps its name and decides otherwise', () => {
    const careful = byCaller('mine', (book) => !book.closed)
    expect(changesOf(compare(and(reads, careful), and(reads, mine)))).toEqual(known)
    expect(
      changesOf(
        compare(
          and(
            reads,
            byCaller('mine', () => true),
          ),
          and(reads, mine),
        ),
      ),
    ).toEqual({})
  })

  it.each<readonly [string, (caller: Known, book: Book) => boolean, object]>([
    ['more objects', () => true, known],
    ['objects in another state', (caller, book) => caller.id === book.by || !book.closed, known],
    ['services alone', (caller, book) => caller.id === book.by || caller.kind === 'service', { service: 'wider' }],
    ['third parties alone', (caller, book) => caller.id === book.by || caller.thirdParty, byThirdParties],
  ])('is wider when a rule keeps its name and allows %s', (_what, test, changes) => {
    const wide = and(reads, byKnown(test))
    expect(changesOf(compare(and(reads, mine), wide))).toEqual(changes)
    const reversed = Object.fromEntries(Object.keys(changes).map((caller) => [caller, 'narrower']))
    expect(changesOf(compare(wide, and(reads, mine)))).toEqual(reversed)
  })

  it('within a rule has an example with the decision of the new test', () => {
    const [change] = compare(
      and(reads, mine),
      and(
        reads,
        byKnown(() => true),
      ),
    ).changes
    expect(change?.wider).toMatchObject({
      object: { by: 'other' },
      decisions: { 'Book.draft': 'allowed' },
      differs: [],
    })
    expect(change?.wider?.facts).toContain('mine')
  })

  it('within a rule is found where the other table has it at another field', () => {
    const wide = byKnown(() => true)
    // The name alone would say narrower: the new test allows where the old rule did.
    const moved = classify(modelOf(signedIn, mine), modelOf(wide, wide), { coordinates: ['Book.draft'] })
    expect(changesOf(moved)).toEqual({})
  })

  it('is wider when the field is new, and narrower when it is gone', () => {
    const before = createModel(buildSchema('type Query { a: Int }'), { Query: { a: person } })
    const after = createModel(buildSchema('type Query { b: Int }'), { Query: { b: person } })
    expect(
      classify(before, after).changes.map(({ coordinate, caller, difference }) => [coordinate, caller, difference]),
    ).toEqual([
      ['Query.b', 'person', 'wider'],
      ['Query.b', 'third party', 'wider'],
      ['Query.a', 'person', 'narrower'],
      ['Query.a', 'third party', 'narrower'],
    ])
  })

  it.each<readonly [string, (caller: Known, book: Book) => boolean, string]>([
    ['a scope', ({ scopes }) => scopes.has('x'), 'caller.scopes.has(x)'],
    ['a group', ({ groups }) => groups.has('g'), 'caller.groups.has(g)'],
    ['any scope', ({ scopes }) => [...scopes].includes('x'), 'caller.scopes.Symbol(Symbol.iterator)'],
    ['a member of the caller', ({ issuer }) => issuer === 'x', 'caller.issuer'],
    ['a member of the object', (_caller, book) => book.pinned === true, 'object.pinned'],
    ['a member that may be there', (_caller, book) => Object.hasOwn(book, 'pinned'), 'pinned in object'],
    ['the presence of a member', (_caller, book) => 'pinned' in book, 'pinned in object'],
    ['the names of members', (_caller, book) => Object.keys(book).length > 9, 'the names in object'],
    ['an item', (_caller, book) => book.tags.includes('x'), 'object.tags.length'],
    ['what throws', (_caller, book) => book.lost?.at.toString() === 'x', 'object.lost'],
  ])('is undetermined, and not equal, when a rule reads %s that no example varies', (_what, more, fact) => {
    const other = and(
      reads,
      byKnown((caller, book) => caller.id === book.by || more(caller, book)),
    )
    for (const { undetermined } of [compare(and(reads, mine), other), compare(other, and(reads, mine))]) {
      expect(undetermined).toMatchObject([{ coordinate: 'Book.draft', leaf: 'mine' }])
      expect(undetermined[0]?.facts).toContain(fact)
    }
  })

  it('is determined when an example varies what a rule reads', () => {
    const closed = byKnown((caller, book) => caller.id === book.by && Object.keys(book).length > 0 && book.closed)
    const scoped = byKnown((caller, book) => caller.id === book.by && caller.scopes.has('read'))
    expect(compare(and(reads, mine), or(reads, scoped)).undetermined).toEqual([])
    expect(compare(and(reads, mine), and(reads, closed)).undetermined).toMatchObject([
      { facts: expect.arrayContaining(['the names in object']) },
    ])
  })

  it('is undetermined when a rule with another test has no example', () => {
    const models = [mine, byKnown(() => true), byKnown((caller, book) => caller.id === book.by)].map((draft) =>
      createModel(types, { Query: { book: allow }, Book: { title: allow, draft } }),
    )
    const [before = modelOf(mine), , same = before] = models
    expect(classify(before, same).undetermined).toMatchObject([
      { coordinate: 'Book.draft', leaf: 'mine', facts: expect.arrayContaining(['an object that its examples lack']) },
    ])
    // The same rule object needs no example.
    expect(classify(before, before).undetermined).toEqual([])
  })

  it('of more atoms than can be exhausted is refused', () => {
    const scopes = Array.from({ length: 20 }, (_, index) => has(`s${index}`))
    expect(() => compare(reads, or(...scopes))).toThrow('Book.draft: 22 atoms, of which at most 20 can be exhausted')
  })
})

describe('a classification as text', () => {
  it('lists each change, and the request that shows it', () => {
    const text = formatClassification(compare(person, signedIn))
    expect(text).toContain('1 wider, 0 narrower, 0 incomparable, of 12 fields × kinds of caller')
    expect(text).toContain('| `Book.draft` | service | wider |')
    expect(text).toContain('request   query ($id: ID!) { book(id: $id) { draft } }')
  })

  it('lists what is undetermined, and is not equal', () => {
    const text = formatClassification(
      compare(
        mine,
        byKnown((caller, book) => caller.id === book.by || book.pinned === true),
      ),
    )
    expect(text).toContain('- `Book.draft`: `mine` reads object.pinned, which no example varies.')
    expect(text).not.toContain('Equal')
  })

  it('says that nothing changed', () => {
    expect(formatClassification(compare(person, person))).toMatch(/^## Access\n\nEqual: 0 wider/)
  })
})
