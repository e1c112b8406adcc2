import { describe, expect, it } from 'vitest'
import { leavesOf, readTree, UnfitRule } from '../../src/rule/tree.ts'
import { allow, and, caller, deny, not, notFound, or } from '../../src/rules.ts'

const a = caller('a', () => true)
const b = caller('b', () => true)

describe('a rule read', () => {
  it('has its leaves from left to right, each as often as it is used', () => {
    const names = leavesOf(readTree(and(not(b), or(a, deny, notFound(b)), allow))).map(({ name }) => name)
    expect(names).toEqual(['b', 'a', 'b'])
  })

  it('has no leaves in a constant', () => {
    expect(leavesOf(readTree(allow))).toEqual([])
  })

  it('is one leaf wherever it is used', () => {
    expect(readTree(a)).toBe(readTree(a))
    expect(leavesOf(readTree(and(a, b)))[0]).toBe(readTree(a))
  })

  it('has a name that says what was wrong', () => {
    expect(() => readTree(true)).toThrow(expect.objectContaining({ name: 'UnfitRule' }))
    expect(() => readTree(true)).toThrow(UnfitRule)
  })
})
