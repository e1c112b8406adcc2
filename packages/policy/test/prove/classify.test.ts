/** Fields are wider, narrower or incomparable, each with the smallest example. */
import { buildSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import { classify } from '../../src/prove/classify.ts'
import { formatClassification } from '../../src/prove/classify-text.ts'
import { createModel } from '../../src/prove/prove.ts'
import {
  allow,
  and,
  deny,
  firstParty,
  has,
  inGroup,
  not,
  notFound,
  or,
  person,
  type Rule,
  signedIn,
} from '../../src/rules.ts'
import { byKnown, changesOf, compare, mine, reads, widerForAllKnown } from '../kit/book-models.ts'

describe('a change of a rule', () => {
  it.each<readonly [string, Rule, Rule, object]>([
    ['is equal when the same is said otherwise', and(reads, mine), not(or(not(mine), not(reads))), {}],
    ['is equal when a part was implied', and(signedIn, reads), reads, {}],
    ['is wider for all when it opens', deny, allow, { anonymous: 'wider', ...widerForAllKnown }],
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
    ['is wider by a group that no example names', reads, or(reads, and(inGroup('g'), has('x'))), widerForAllKnown],
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
    expect(text).toContain('- `Book.draft`: `mine` reads object.pinned, which the examples leave open.')
    expect(text).not.toContain('Equal')
  })

  it('says that nothing changed', () => {
    expect(formatClassification(compare(person, person))).toMatch(/^## Access\n\nEqual: 0 wider/)
  })
})
