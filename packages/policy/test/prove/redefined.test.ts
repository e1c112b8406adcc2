/** Rules that keep their name and decide otherwise are compared by their own tests. */
import { describe, expect, it } from 'vitest'
import { classify } from '../../src/prove/classify.ts'
import { createModel } from '../../src/prove/prove.ts'
import { allow, and, or, signedIn } from '../../src/rules.ts'
import {
  type Book,
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

  it.each<readonly [string, BookTest, string]>([
    ['a number', (_caller, book) => book.rank > 5, 'object.rank'],
    ['a text', (caller) => caller.subject.startsWith('x'), 'caller.subject'],
  ])('is undetermined when one test reads %s of many values', (_what, more, fact) => {
    const other = byKnown((caller, book) => caller.id === book.by || more(caller, book))
    for (const { undetermined } of [compare(mine, other), compare(other, mine)])
      expect(undetermined[0]?.facts).toContain(fact)
    // What both read is compared by the examples.
    expect(
      compare(
        other,
        byKnown((caller, book) => more(caller, book) || caller.id === book.by),
      ).undetermined,
    ).toEqual([])
  })

  it('is wider where a variant of an example shows it, which is the example', () => {
    const high = byKnown((caller, book) => caller.id === book.by || book.rank > 5)
    const low = byKnown((caller, book) => caller.id === book.by || book.rank > 50)
    const variants = { Book: (book: unknown) => [{ ...(book as Book), rank: 10 }] }
    const { changes, undetermined } = classify(modelOf(and(reads, low)), modelOf(and(reads, high), allow, variants))
    expect(undetermined).toEqual([])
    expect(changesOf({ changes })).toEqual(widerForAllKnown)
    expect(changes[0]?.wider).toMatchObject({
      object: { rank: 10 },
      decisions: { 'Book.draft': 'allowed' },
      differs: [],
    })
    expect(changesOf(classify(modelOf(and(reads, low)), modelOf(and(reads, high))))).toEqual({})
  })

  it('is wider where it reads the id of the caller as a text', () => {
    const long = byKnown(({ id }, book) => id === book.by || id.length > 20)
    const { changes } = compare(and(reads, mine), and(reads, long))
    expect(changesOf({ changes })).toEqual(widerForAllKnown)
    expect(String(Object(changes[0]?.wider?.principal).id)).toHaveLength(27)
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
