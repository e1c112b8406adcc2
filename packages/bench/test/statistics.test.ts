import { describe, expect, it } from 'vitest'
import { median, ratioOf } from '../src/measure/statistics.ts'

describe('median', () => {
  it.each([
    ['of an odd number', [3, 1, 2], 2],
    ['of an even number', [4, 1, 3, 2], 2.5],
    ['of one', [7], 7],
    ['of none', [], Number.NaN],
  ])('is the middle %s', (_name, samples, middle) => {
    expect(median(samples)).toBe(middle)
  })
})

describe('ratioOf', () => {
  it('divides medians, and returns the quartiles of the rounds in pairs', () => {
    // By round: 1, 6, 3, 4, 2.
    expect(ratioOf([10, 60, 60, 40, 40], [10, 10, 20, 10, 20])).toEqual({ value: 4, middleHalf: [2, 4] })
  })

  it.each<[string, number[], [number, number]]>([
    ['between two rounds, in proportion', [1, 2, 3, 4], [1.75, 3.25]],
    ['whatever the order of the rounds', [4, 1, 3, 2], [1.75, 3.25]],
    ['of one round', [2], [2, 2]],
  ])('returns quartiles %s', (_name, ours, middleHalf) => {
    expect(ratioOf(ours, [1, 1, 1, 1]).middleHalf).toEqual(middleHalf)
  })

  it.each([
    ['the fastest', 0.001],
    ['the slowest', 1000],
  ])('is not moved by %s round that was disturbed', (_name, disturbed) => {
    const quiet = [2, 2, 2, 2, 2, 2, 2, 2]
    const ones = [1, 1, 1, 1, 1, 1, 1, 1, 1]
    expect(ratioOf([...quiet, disturbed], ones)).toEqual({ value: 2, middleHalf: [2, 2] })
  })

  it('leaves out of the quartiles what has no partner in its round', () => {
    expect(ratioOf([1, 1, 1, 99], [1, 1, 1]).middleHalf).toEqual([1, 1])
  })

  it('is NaN where either was not measured', () => {
    expect([ratioOf([], [1]), ratioOf([1], [])]).toEqual([
      { value: Number.NaN, middleHalf: [Number.NaN, Number.NaN] },
      { value: Number.NaN, middleHalf: [Number.NaN, Number.NaN] },
    ])
  })
})
