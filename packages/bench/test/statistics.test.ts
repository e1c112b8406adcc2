import { describe, expect, it } from 'vitest'
import { median, ratioOf } from '../src/statistics.ts'

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
  it('divides medians, and tells the lowest and highest of the rounds in pairs', () => {
    expect(ratioOf([10, 30, 20], [100, 100, 50])).toEqual({ value: 0.2, range: [0.1, 0.4] })
  })

  it('is NaN where either was not measured', () => {
    expect([ratioOf([], [1]).value, ratioOf([1], []).value]).toEqual([Number.NaN, Number.NaN])
  })

  const orders = [
    [1, 2, 9],
    [1, 9, 2],
    [2, 1, 9],
    [2, 9, 1],
    [9, 1, 2],
    [9, 2, 1],
  ]
  it.each(orders.flatMap((ours) => orders.map((theirs) => [ours, theirs])))(
    'is never outside its range: %j ÷ %j',
    (ours, theirs) => {
      const { value, range: [lowest, highest] = [Number.NaN, Number.NaN] } = ratioOf(ours, theirs)
      expect(lowest <= value && value <= highest).toBe(true)
    },
  )
})
