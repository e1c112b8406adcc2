/**
 * The arithmetic of limits: bursts and quotas are exact, and no window lets more pass than rate, time and burst say.
 */
import { array, assert, integer, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Bucket, leftOf, type RateLimit, take, unitMicros, untouched } from '../src/rate-limits.ts'

const limit = { burst: 20, perSecond: 10 }
const now = Date.parse('2026-11-26T12:00:00Z') * 1000
const second = 1_000_000

/** Takes costs one after another at one instant. Returns what is permitted of them, and the bucket afterwards. */
function takeAll(costs: readonly number[], of: RateLimit, at = now, from: Bucket = untouched) {
  let bucket = from
  const permitted = costs.filter((cost) => {
    const taking = take(bucket, of, cost, at)
    if (taking.kind === 'permitted') bucket = taking.bucket
    return taking.kind === 'permitted'
  })
  return { permitted, bucket }
}

function ones(count: number): readonly number[] {
  return Array.from({ length: count }, () => 1)
}

describe('a bucket', () => {
  it.each([1, 3, 7, 10, 300, 999, 1_000_000])('gives its whole burst at once, at %d a second', (perSecond) => {
    expect(takeAll(ones(50), { burst: 20, perSecond }).permitted).toHaveLength(20)
  })

  it.each([
    [1, 1_000_000],
    [3, 333_334],
    [300, 3334],
    [700_000, 2],
    [1_000_000, 1],
  ])('returns a unit in whole microseconds, never too early: at %d a second after %d', (perSecond, micros) => {
    expect(unitMicros({ burst: 1, perSecond })).toBe(micros)
  })

  it('weighs by cost: a cheaper request passes where a dearer one is refused', () => {
    expect(takeAll([7, 7, 7, 6, 1], limit).permitted).toEqual([7, 7, 6])
  })

  it('refuses with the whole seconds after which the same cost passes, and not a second earlier', () => {
    const { bucket } = takeAll([20], limit)
    for (const cost of [1, 10, 11, 20]) {
      const taking = take(bucket, limit, cost, now)
      const seconds = taking.kind === 'refused' ? taking.seconds : 0
      expect([cost, seconds]).toEqual([cost, Math.ceil(cost / 10)])
      expect(take(bucket, limit, cost, now + seconds * second).kind).toBe('permitted')
      expect(take(bucket, limit, cost, now + (cost * second) / 10 - 1).kind).toBe('refused')
    }
  })

  it('gives its whole burst at once also where the first request is counted last, and no unit more', () => {
    const { bucket } = takeAll(ones(19), limit)
    for (const early of [1, second / 1000, 5 * second]) {
      expect(take(bucket, limit, 1, now - early)).toMatchObject({ kind: 'permitted' })
      expect(leftOf(bucket, limit, now - early).burst.left).toBe(1)
      const refused = take(bucket, limit, 2, now - early)
      expect(refused).toEqual({ kind: 'refused', limit: 'burst', seconds: Math.ceil(early / second + 0.1) })
    }
    expect(takeAll(ones(30), limit, now - second, bucket).permitted).toHaveLength(1)
    expect(takeAll(ones(30), limit, now + 2 * second, bucket).permitted).toHaveLength(20)
  })

  it('never gives more than it holds', () => {
    expect(take(untouched, limit, 21, now)).toEqual({ kind: 'never', limit: 'burst', max: 20 })
    expect(take(untouched, { ...limit, perDay: 5 }, 6, now)).toEqual({ kind: 'never', limit: 'day', max: 5 })
  })

  it('lets no window pass more than rate × time + burst, whatever the costs and the moments', () => {
    const step = record({ wait: integer({ min: 0, max: 3 * second }), cost: integer({ min: 1, max: 25 }) })
    const limits = record({ burst: integer({ min: 1, max: 40 }), perSecond: integer({ min: 1, max: 50 }) })
    const run = (of: RateLimit, steps: readonly { wait: number; cost: number }[]) => {
      let [at, bucket] = [now, untouched]
      const passed = steps.flatMap(({ wait, cost }) => {
        at += wait
        const taking = take(bucket, of, cost, at)
        if (taking.kind !== 'permitted') return []
        bucket = taking.bucket
        return [{ at, cost }]
      })
      return passed.flatMap((first, index) =>
        passed.slice(index).map((last, count) => ({
          seconds: (last.at - first.at) / second,
          units: passed.slice(index, index + count + 1).reduce((sum, { cost }) => sum + cost, 0),
        })),
      )
    }
    assert(
      property(limits, array(step, { maxLength: 40 }), (of, steps) =>
        run(of, steps).every(({ seconds, units }) => units <= of.burst + of.perSecond * seconds),
      ),
    )
  })
})

describe('a quota', () => {
  const daily = { burst: 1000, perSecond: 1000, perDay: 100 }
  const evening = Date.parse('2026-11-26T23:59:00Z') * 1000

  it('gives exactly its units in a day of UTC, and begins anew at midnight', () => {
    const { permitted, bucket } = takeAll(ones(150), daily, evening)
    expect(permitted).toHaveLength(100)
    expect(take(bucket, daily, 1, evening)).toEqual({ kind: 'refused', limit: 'day', seconds: 60 })
    expect(takeAll(ones(150), daily, evening + 60 * second, bucket).permitted).toHaveLength(100)
  })

  it('says the wait of the bucket where that is longer than until midnight', () => {
    const slow = { burst: 100, perSecond: 1, perDay: 100 }
    const late = evening + 59 * second
    const { bucket } = takeAll([100], slow, late)
    expect(take(bucket, slow, 50, late)).toEqual({ kind: 'refused', limit: 'day', seconds: 50 })
    expect(take(bucket, slow, 50, late + 50 * second).kind).toBe('permitted')
  })

  it('is not begun twice by a clock that is behind at midnight', () => {
    const { bucket } = takeAll(ones(100), daily, evening + 61 * second)
    const behind = take(bucket, daily, 1, evening + 56 * second)
    expect(behind).toEqual({ kind: 'refused', limit: 'day', seconds: 86_404 })
  })
})

describe('what is left', () => {
  it('is whole units, and the whole seconds until all are back', () => {
    expect(leftOf(untouched, limit, now)).toEqual({ burst: { left: 20, seconds: 0 } })
    const { bucket } = takeAll([15], { ...limit, perDay: 100 })
    expect(leftOf(bucket, { ...limit, perDay: 100 }, now + second / 100)).toEqual({
      burst: { left: 5, seconds: 2 },
      day: { left: 85, seconds: 43_200 },
    })
  })

  it('is nothing for a limit that became smaller, and never negative', () => {
    const { bucket } = takeAll([20], { ...limit, perDay: 100 })
    expect(leftOf(bucket, { burst: 5, perSecond: 10, perDay: 10 }, now)).toMatchObject({
      burst: { left: 0 },
      day: { left: 0 },
    })
  })
})
