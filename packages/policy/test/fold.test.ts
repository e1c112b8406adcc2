import { describe, expect, it } from 'vitest'
import { fold, outlook } from '../src/fold.ts'
import { allow, and, caller, chain, deny, not, notFound, object, or, type Rule, race } from '../src/rules.ts'
import { readTree } from '../src/tree.ts'

const yes = caller('yes', () => true)
const no = caller('no', () => false)
const open = caller('open', () => true)
const mine = object('mine', () => true)
const even = object('even', () => true)

const known = (leaf: { name: string }) => ({ yes: true, no: false })[leaf.name]

const rows: readonly [string, Rule, Rule, string][] = [
  ['allow', allow, allow, 'allow'],
  ['deny', deny, deny, 'deny'],
  ['a caller who passes', yes, allow, 'allow'],
  ['a caller who fails', no, deny, 'deny'],
  ['a caller not yet known', open, open, 'depends'],
  ['an object', mine, mine, 'depends'],
  ['and of those who pass', and(yes, allow, yes), allow, 'allow'],
  ['and with what is open', and(yes, mine), mine, 'depends'],
  ['and of two open', chain(mine, yes, even), and(mine, even), 'depends'],
  ['and that fails first', and(no, mine), deny, 'deny'],
  ['and that fails later', and(mine, no, even), and(mine, deny), 'deny'],
  ['or of those who fail', or(no, deny, no), deny, 'deny'],
  ['or with what is open', race(no, mine), mine, 'depends'],
  ['or of two open', or(mine, no, even), or(mine, even), 'depends'],
  ['or that passes first', or(yes, mine), allow, 'allow'],
  ['or that passes later', or(mine, yes, even), or(mine, allow), 'allow'],
  ['not of a pass', not(yes), deny, 'deny'],
  ['not of a failure', not(no), allow, 'allow'],
  ['not of what is open', not(mine), not(mine), 'depends'],
  ['a hidden pass', notFound(yes), allow, 'allow'],
  ['a hidden failure', notFound(no), deny, 'deny'],
  ['rows in rows', and(or(no, mine), not(and(yes, even))), and(mine, not(even)), 'depends'],
]

describe('folding', () => {
  it.each(rows)('keeps of %s only what is open', (_name, rule, expected, verdict) => {
    const folded = fold(readTree(rule), known)
    expect(folded).toEqual(readTree(expected))
    expect(outlook(folded)).toBe(verdict)
  })

  it('knows nothing of callers unless told', () => {
    expect(fold(readTree(and(yes, mine)))).toEqual(readTree(and(yes, mine)))
  })
})
