/** When a goal is met, and when it is on the line. */
import { describe, expect, it } from 'vitest'
import { verdictOf } from '../src/report/goals.ts'

const verdicts: readonly [number, readonly [number, number], string][] = [
  [0.9, [0.8, 0.95], 'met'],
  [1, [0.9, 1], 'met'],
  [0.9, [0.8, 1.01], 'met, on the line'],
  [1, [0.99, 1.01], 'met, on the line'],
  [0.9, [1.1, 1.2], 'met, on the line'],
  [1.1, [1.01, 1.2], '**not met**'],
  [1.1, [1, 1.2], '**not met**, on the line'],
  [1.1, [0.9, 1.2], '**not met**, on the line'],
  [1.1, [0.8, 0.9], '**not met**, on the line'],
  [Number.NaN, [Number.NaN, Number.NaN], 'not measured'],
]

describe('a goal of at most 1', () => {
  it.each(verdicts)('at %d, the middle half of its rounds at %j, is %s', (value, middleHalf, verdict) => {
    expect(verdictOf({ value, middleHalf }, 1)).toBe(verdict)
  })
})
