import { describe, expect, it } from 'vitest'
import { describe as words } from '../../src/rule/describe.ts'
import { readTree } from '../../src/rule/tree.ts'
import { allow, and, caller, chain, deny, not, notFound, object, or, type Rule, race } from '../../src/rules.ts'

const a = caller('a', () => true)
const b = object('b', () => true)
const c = caller('c', () => true)

const rows: readonly [Rule, string][] = [
  [allow, 'allow'],
  [deny, 'deny'],
  [a, 'a'],
  [and(a, b, c), 'a and b and c'],
  [or(a, b), 'a or b'],
  [and(a, chain(b, c)), 'a and b and c'],
  [or(a, race(b, c)), 'a or b or c'],
  [and(a, or(b, c)), 'a and (b or c)'],
  [or(and(a, b), c), '(a and b) or c'],
  [and(or(a), b), 'a and b'],
  [not(a), 'not a'],
  [not(or(a, b)), 'not (a or b)'],
  [not(not(a)), 'not not a'],
  [and(not(a), b), 'not a and b'],
  [notFound(a), 'a, else not found'],
  [notFound(and(a, b)), '(a and b), else not found'],
  [and(a, notFound(b)), 'a and (b, else not found)'],
  [and(notFound(or(a, b)), c), '((a or b), else not found) and c'],
  [and(a, or(or(b, c))), 'a and (b or c)'],
  [not(and(or(a, b))), 'not (a or b)'],
  [not(notFound(a)), 'not (a, else not found)'],
]

describe('a rule in words', () => {
  it.each(rows)('has brackets only where reading needs them (%#)', (rule, expected) => {
    expect(words(readTree(rule))).toBe(expected)
  })
})
