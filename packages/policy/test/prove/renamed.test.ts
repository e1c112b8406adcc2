/** A rule that has another name and the same test is the same rule. */
import { describe, expect, it } from 'vitest'
import { classify } from '../../src/prove/classify.ts'
import { formatClassification } from '../../src/prove/classify-text.ts'
import { allow, and, caller, has, inGroup, not, or, type Rule } from '../../src/rules.ts'
import { type BookTest, byKnown, changesOf, compare, mine, modelOf, reads } from '../kit/book-models.ts'

function isOwn(...[caller, book]: Parameters<BookTest>): boolean {
  return caller.id === book.by
}

const myOwn = byKnown(isOwn, 'my own')

function renamedOf(before: Rule, after: Rule): object {
  return Object.fromEntries(compare(before, after).renamed)
}

describe('a rule with another name', () => {
  it('is the same rule when its test has the same results', () => {
    // The examples of the model know the rule `mine`, so that it is the newer one.
    const classified = compare(and(reads, myOwn), and(mine, reads))
    expect(classified).toMatchObject({ changes: [], undetermined: [] })
    expect([...classified.renamed]).toEqual([['my own', 'mine']])
    expect(formatClassification(classified)).toMatch(
      /^## Access\n\nEqual: 0 wider[\s\S]*## Renamed\n\n- `my own` is now called `mine`, and has the same test\.\n$/,
    )
  })

  it('is compared as before where the rest of a rule changes too', () => {
    const classified = compare(and(reads, myOwn), mine)
    expect(changesOf(classified)).toEqual({ person: 'wider', 'third party': 'wider', service: 'wider' })
    expect(formatClassification(classified)).toContain('- `my own` is now called `mine`')
  })

  it('is one of several, each the same as its own successor', () => {
    const open = byKnown((_caller, book) => !book.closed, 'open')
    const stillOpen = byKnown((_caller, book) => !book.closed, 'not closed')
    const before = modelOf(and(myOwn, stillOpen), or(myOwn, stillOpen))
    const { renamed, changes } = classify(before, modelOf(and(open, mine), or(mine, open)))
    expect([...renamed]).toEqual([
      ['my own', 'mine'],
      ['not closed', 'open'],
    ])
    expect(changes).toEqual([])
  })

  it('of a caller is the same rule too', () => {
    const robot = (name: string) => caller(name, ({ kind }) => kind === 'service')
    expect(renamedOf(and(reads, robot('a robot')), and(reads, robot('a bot')))).toEqual({ 'a robot': 'a bot' })
  })

  it.each<readonly [string, Rule, Rule]>([
    ['its test is wider', byKnown((known, book) => isOwn(known, book) || known.kind === 'service', 'own'), mine],
    ['its test is narrower', byKnown((known, book) => isOwn(known, book) && known.kind === 'user', 'own'), mine],
    [
      'its test reads what no example varies',
      byKnown((k, book) => isOwn(k, book) || book.pinned === true, 'own'),
      mine,
    ],
    ['its test throws', byKnown((k, book) => isOwn(k, book) || book.lost?.at.getTime() === 0, 'own'), mine],
    ['it is on the caller alone', caller('own', ({ kind }) => kind === 'service'), mine],
    ['it is a scope', has('own'), has('mine')],
    ['it is a group', inGroup('own'), inGroup('mine')],
  ])('is another rule when %s', (_what, before, after) => {
    const classified = compare(and(reads, before), and(reads, after))
    expect([...classified.renamed]).toEqual([])
    expect(Object.values(changesOf(classified))).toContain('incomparable')
  })

  it('is another rule where a rule of the former name remains', () => {
    const before = modelOf(and(reads, mine), allow)
    expect([...classify(before, modelOf(and(reads, myOwn), or(allow, mine))).renamed]).toEqual([])
  })

  it('decides otherwise where it is negated', () => {
    expect(renamedOf(and(reads, myOwn), and(reads, not(mine)))).toEqual({ 'my own': 'mine' })
    const { changes } = compare(and(reads, myOwn), and(reads, not(mine)))
    expect(changes.map(({ difference }) => difference)).toEqual(Array(3).fill('incomparable'))
  })
})
