/** Rules that keep their name and decide otherwise are compared by their own tests. */
import { describe, expect, it } from 'vitest'
import { classify } from '../../src/prove/classify.ts'
import { createModel } from '../../src/prove/prove.ts'
import { allow, and, or, signedIn } from '../../src/rules.ts'
import {
  type BookTest,
  byKnown,
  changesOf,
  compare,
  mine,
  modelOf,
  reads,
  types,
  widerForAllKnown,
} from '../kit/book-models.ts'

const byThirdParties = { 'third party': 'wider', service: 'wider' }

describe('a change within a rule', () => {
  it('is found when a rule keeps its name and decides otherwise', () => {
    const careful = byKnown((caller, book) => caller.id === book.by && !book.closed)
    const same = byKnown((caller, book) => caller.id === book.by)
    expect(changesOf(compare(and(reads, careful), and(reads, mine)))).toEqual(widerForAllKnown)
    expect(changesOf(compare(and(reads, same), and(reads, mine)))).toEqual({})
  })

  it.each<readonly [string, BookTest, object]>([
    ['more objects', () => true, widerForAllKnown],
    ['objects in another state', (caller, book) => caller.id === book.by || !book.closed, widerForAllKnown],
    ['services alone', (caller, book) => caller.id === book.by || caller.kind === 'service', { service: 'wider' }],
    ['third parties alone', (caller, book) => caller.id === book.by || caller.thirdParty, byThirdParties],
  ])('is wider when a rule keeps its name and allows %s', (_what, test, changes) => {
    const wide = and(reads, byKnown(test))
    expect(changesOf(compare(and(reads, mine), wide))).toEqual(changes)
    const reversed = Object.fromEntries(Object.keys(changes).map((caller) => [caller, 'narrower']))
    expect(changesOf(compare(wide, and(reads, mine)))).toEqual(reversed)
  })

  it('within a rule has an example with the decision of the new test', () => {
    const open = byKnown(() => true)
    const [change] = compare(and(reads, mine), and(reads, open)).changes
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

  it.each<readonly [string, BookTest, string]>([
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
})
