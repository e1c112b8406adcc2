/**
 * The arithmetic of a limit: a bucket that is emptied at once and refilled at a rate (GCRA, ITU-T I.371), and a quota
 * of a day in UTC. No I/O. Instants are whole microseconds since the epoch, so that no sum is rounded.
 */

import { daySeconds } from './instants.ts'

/** How much one subject may take, in units of cost. All are whole numbers of at least 1. */
export interface RateLimit {
  /** The size of the bucket: what can be taken at once. */
  readonly burst: number
  /** Units that return to the bucket in a second, at most 1,000,000. */
  readonly perSecond: number
  /** Units of one day in UTC. Undefined: no quota. */
  readonly perDay?: number | undefined
}

/** What was taken so far. */
export interface Bucket {
  /** When the bucket is full again. It only grows. */
  readonly fullAt: number
  /** The instant of the first taking since it was last full. It only grows. */
  readonly begunAt: number
  /** The last day of which something was taken, such as `2026-11-26`. It only grows. */
  readonly day: string
  /** Units that were taken on that day. */
  readonly used: number
}

/** Of which nothing was taken. */
export const untouched: Bucket = { fullAt: 0, begunAt: 0, day: '', used: 0 }

/** Which part of a limit refuses. */
export type LimitName = 'burst' | 'day'

/** What a taking leads to. `seconds` is the whole number of seconds after which the same cost can be taken. */
export type Taking =
  | { readonly kind: 'permitted'; readonly bucket: Bucket }
  | { readonly kind: 'refused'; readonly limit: LimitName; readonly seconds: number }
  | { readonly kind: 'never'; readonly limit: LimitName; readonly max: number }

const second = 1_000_000
const day = daySeconds * second

/** Microseconds for one unit: rounded up, so that the rate is never exceeded and a burst is exact. */
export function unitMicros({ perSecond }: RateLimit): number {
  return Math.ceil(second / perSecond)
}

/** The day of an instant, in UTC. */
export function dayOf(now: number): string {
  return new Date(Math.floor(now / 1000)).toISOString().slice(0, 10)
}

/**
 * The bucket on its own day or on that of `now`, whichever is later: a clock that is behind at midnight must not begin
 * the quota of a day twice.
 */
export function onDay(bucket: Bucket, now: number): Bucket {
  const today = dayOf(now)
  return bucket.day >= today ? bucket : { ...bucket, day: today, used: 0 }
}

/**
 * The instant at which a request is judged. One that came first and is counted second must not be refused for what the
 * bucket lacked then: it was full.
 */
export function judgedAt({ begunAt }: Bucket, now: number): number {
  return Math.max(begunAt, now)
}

/** The last `fullAt` at which this cost can still be taken. */
export function latestFullAt(limit: RateLimit, cost: number, now: number): number {
  return now + unitMicros(limit) * (limit.burst - cost)
}

/** Takes `cost`, at least 1, from the bucket at the instant `now`. */
export function take(bucket: Bucket, limit: RateLimit, cost: number, now: number): Taking {
  const { burst, perDay = Number.POSITIVE_INFINITY } = limit
  if (cost > burst) return { kind: 'never', limit: 'burst', max: burst }
  if (cost > perDay) return { kind: 'never', limit: 'day', max: perDay }
  const { fullAt, day: today, used } = onDay(bucket, now)
  const late = fullAt - latestFullAt(limit, cost, now)
  const untilMidnight = Date.parse(today) * 1000 + day - now
  if (used + cost > perDay) return refused('day', Math.max(untilMidnight, late))
  const at = judgedAt(bucket, now)
  if (late > at - now) return refused('burst', late)
  const next = Math.max(fullAt, at) + unitMicros(limit) * cost
  const begunAt = fullAt > at ? bucket.begunAt : at
  return { kind: 'permitted', bucket: { fullAt: next, begunAt, day: today, used: used + cost } }
}

function refused(limit: LimitName, micros: number): Taking {
  return { kind: 'refused', limit, seconds: Math.max(1, Math.ceil(micros / second)) }
}

/** What is left of one part of a limit, and the whole number of seconds after which all of it is back. */
export interface Left {
  readonly left: number
  readonly seconds: number
}

/** What is left at the instant `now`. `day` is missing without a quota. */
export function leftOf(bucket: Bucket, limit: RateLimit, now: number): { readonly burst: Left; readonly day?: Left } {
  const { fullAt, day: today, used } = onDay(bucket, now)
  const missing = Math.max(0, fullAt - judgedAt(bucket, now))
  const burst = {
    left: Math.max(0, Math.floor(limit.burst - missing / unitMicros(limit))),
    seconds: Math.ceil(missing / second),
  }
  if (limit.perDay === undefined) return { burst }
  const untilMidnight = Date.parse(today) * 1000 + day - now
  return { burst, day: { left: Math.max(0, limit.perDay - used), seconds: Math.ceil(untilMidnight / second) } }
}
