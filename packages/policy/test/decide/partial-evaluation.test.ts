import { describe, expect, it } from 'vitest'
import { partiallyEvaluate } from '../../src/decide/partial-evaluation.ts'
import { readTree } from '../../src/rule/tree.ts'
import { allow, and, caller, chain, deny, not, notFound, object, or, type Rule, race } from '../../src/rules.ts'

const yes = caller('yes', () => true)
const no = caller('no', () => false)
const open = caller('open', () => true)
const mine = object('mine', () => true)
const even = object('even', () => true)

function known(leaf: { name: string }) {
  return { yes: true, no: false }[leaf.name]
}

const rows: readonly [string, Rule, Rule][] = [
  ['allow', allow, allow],
  ['deny', deny, deny],
  ['a caller who passes', yes, allow],
  ['a caller who fails', no, deny],
  ['a caller not yet known', open, open],
  ['an object', mine, mine],
  ['and of those who pass', and(yes, allow, yes), allow],
  ['and with what is open', and(yes, mine), mine],
  ['and of two open', chain(mine, yes, even), and(mine, even)],
  ['and that fails first', and(no, mine), deny],
  ['and that fails later', and(mine, no, even), and(mine, deny)],
  ['or of those who fail', or(no, deny, no), deny],
  ['or with what is open', race(no, mine), mine],
  ['or of two open', or(mine, no, even), or(mine, even)],
  ['or that passes first', or(yes, mine), allow],
  ['or that passes later', or(mine, yes, even), or(mine, allow)],
  ['not of a pass', not(yes), deny],
  ['not of a failure', not(no), allow],
  ['not of what is open', not(mine), not(mine)],
  ['a hidden pass', notFound(yes), allow],
  ['a hidden failure', notFound(no), deny],
  ['rows in rows', and(or(no, mine), not(and(yes, even))), and(mine, not(even))],
]

describe('folding', () => {
  it.each(rows)('keeps of %s only what is open', (_name, rule, expected) => {
    expect(partiallyEvaluate(readTree(rule), known)).toEqual(readTree(expected))
  })

  it('keeps every leaf on the caller while its result is unknown', () => {
    expect(partiallyEvaluate(readTree(and(yes, mine)))).toEqual(readTree(and(yes, mine)))
  })
})
