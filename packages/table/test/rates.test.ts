/**
 * Buckets of the table: exact over several instances, at the edges of time, and closed when the table is out of reach.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bucketKey } from '../src/rate-keys.ts'
import type { Taking } from '../src/rate-limits.ts'
import { createRates, type Rates } from '../src/rates.ts'
import { createTable, type OpenTable } from '../src/table.ts'
import { type Engine, startEngine } from './kit/engine.ts'

let engine: Engine
let table: OpenTable
beforeAll(async () => {
  engine = await startEngine()
  table = createTable(await engine.newTable('rates'))
})
afterAll(() => engine.stop())

const now = Date.parse('2026-11-26T12:00:00Z') * 1000
const second = 1_000_000
const limit = { burst: 20, perSecond: 10 }

let made = 0
/** A bucket of which nothing was taken. */
function newKey() {
  made += 1
  return bucketKey('APPLICATION', `app${made}`)
}

/** Instances of the function, each with a memory of its own. */
function instances(count: number): readonly Rates[] {
  return Array.from({ length: count }, () => createRates(table, Date.now))
}

/** Takes 1 so many times at once, in turn by each instance; `at` is the instant of each. */
async function takeAtOnce(
  count: number,
  by: readonly Rates[],
  key: ReturnType<typeof newKey>,
  at: (index: number) => number,
  of = limit,
) {
  const takings = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      (by[index % by.length] as Rates).take({ key, limit: of, cost: 1, now: at(index % by.length) }),
    ),
  )
  return takings.filter(({ kind }) => kind === 'permitted').length
}

describe('of 200 takings at once by four instances', () => {
  it('exactly 20 are permitted from a bucket of 20, and 10 more a second later', async () => {
    const key = newKey()
    const four = instances(4)
    expect(await takeAtOnce(200, four, key, () => now)).toBe(20)
    expect(await takeAtOnce(100, four, key, () => now + second)).toBe(10)
  })

  it('exactly 20 are permitted where those that came first are counted last, and of 20 each one', async () => {
    const apart = (index: number) => now + (3 - index) * 1000
    expect(await takeAtOnce(200, instances(4), newKey(), apart)).toBe(20)
    const [one, two] = [newKey(), newKey()]
    for (let count = 0; count < 10; count += 1)
      expect(await takeAtOnce(1, instances(1), one, () => now - 1000 * count)).toBe(1)
    expect(await takeAtOnce(20, instances(1), one, () => now - second)).toBe(10)
    expect(await takeAtOnce(20, instances(4), two, apart)).toBe(20)
  })

  it('exactly 123 are permitted by a quota of 123', async () => {
    const quota = { burst: 1000, perSecond: 10, perDay: 123 }
    expect(await takeAtOnce(200, instances(4), newKey(), () => now, quota)).toBe(123)
  })

  it('with clocks 5 seconds apart no more are permitted than those 5 seconds give, and that once', async () => {
    const [key, four] = [newKey(), instances(4)]
    const apart = (from: number) => (index: number) => from + (index % 2) * 5 * second
    const first = await takeAtOnce(200, four, key, apart(now))
    expect(first).toBeLessThanOrEqual(20 + 5 * 10)
    expect(first + (await takeAtOnce(200, four, key, apart(now + second)))).toBeLessThanOrEqual(20 + 6 * 10)
  })
})

describe('writes of a taking', () => {
  /** How many requests each taking sends. */
  async function requestsOf(
    rates: Rates,
    key: ReturnType<typeof newKey>,
    costs: readonly (readonly [cost: number, at: number])[],
  ) {
    const counts: (readonly [Taking['kind'], number])[] = []
    for (const [cost, at] of costs) {
      const before = table.used.requests
      const { kind } = await rates.take({ key, limit, cost, now: at })
      counts.push([kind, table.used.requests - before])
    }
    return counts
  }

  it('two from rest, one in use, one for a refusal, and none for the next ones', async () => {
    const [one, other] = instances(2) as [Rates, Rates]
    const key = newKey()
    expect(
      await requestsOf(one, key, [
        [10, now],
        [8, now],
        [5, now],
        [2, now],
        [1, now],
        [3, now],
      ]),
    ).toEqual([
      ['permitted', 2],
      ['permitted', 1],
      ['refused', 0],
      ['permitted', 1],
      ['refused', 0],
      ['refused', 0],
    ])
    expect(
      await requestsOf(other, key, [
        [1, now],
        [1, now],
        [21, now],
      ]),
    ).toEqual([
      ['refused', 1],
      ['refused', 0],
      ['never', 0],
    ])
    expect(await requestsOf(other, key, [[1, now + 9 * second]])).toEqual([['permitted', 2]])
  })

  it('charge nothing for a refusal', async () => {
    const [rates] = instances(1) as [Rates]
    const key = newKey()
    await requestsOf(rates, key, [[20, now], ...Array.from({ length: 30 }, () => [20, now] as const)])
    const [fresh] = instances(1) as [Rates]
    await requestsOf(fresh, key, [[20, now]])
    expect(await requestsOf(fresh, key, [[20, now + 2 * second]])).toEqual([['permitted', 2]])
  })

  it('count on one day where the clock of another instance is past midnight', async () => {
    const key = newKey()
    const midnight = Date.parse('2026-11-27T00:00:00Z') * 1000
    const quota = { burst: 100, perSecond: 1, perDay: 10 }
    const [ahead, behind] = instances(2) as [Rates, Rates]
    for (const [rates, at, kind] of [
      [ahead, midnight + second, 'permitted'],
      [behind, midnight - second, 'permitted'],
      [ahead, midnight + second, 'refused'],
    ] as const)
      expect((await rates.take({ key, limit: quota, cost: 5, now: at })).kind).toBe(kind)
  })

  it('begin the quota of a day anew in a bucket that is in use at midnight, and give exactly it', async () => {
    const midnight = Date.parse('2026-11-27T00:00:00Z') * 1000
    const quota = { burst: 1000, perSecond: 1, perDay: 10 }
    const [key, one] = [newKey(), instances(1)]
    expect(await takeAtOnce(5, one, key, () => midnight - second, quota)).toBe(5)
    expect(await takeAtOnce(30, one, key, () => midnight + second, quota)).toBe(10)
  })
})

describe('what an instance remembers', () => {
  it('is 10,000 buckets, and the oldest is forgotten', async () => {
    const full = { pk: '', sk: '', fullAt: now + 2 * second, day: '2026-11-26', used: 20 }
    const taken = { ...table, update: async () => full }
    const rates = createRates({ ...taken, until: () => taken }, Date.now)
    const keyOf = (index: number) => bucketKey('CLIENT', String(index))
    for (let index = 0; index < 10_000; index += 1) await rates.take({ key: keyOf(index), limit, cost: 1, now })
    expect(rates.seen(keyOf(0)).used).toBe(20)
    await rates.take({ key: keyOf(10_000), limit, cost: 1, now })
    expect([rates.seen(keyOf(0)).used, rates.seen(keyOf(1)).used]).toEqual([0, 20])
  })
})

describe('closed', () => {
  it('an item that is no bucket gives nothing', async () => {
    const key = newKey()
    await table.write({ put: { ...key, fullAt: 'soon', day: '', used: 0 } })
    const [rates] = instances(1) as [Rates]
    await expect(rates.take({ key, limit, cost: 1, now })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })

  it('a table out of reach gives nothing, and its error says to send the request again', async () => {
    const away = createTable({ name: 'rates', region: 'eu-west-1', endpoint: 'http://127.0.0.1:1' })
    const rates = createRates(away, Date.now)
    await expect(rates.take({ key: newKey(), limit, cost: 1, now })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      remedy: { kind: 'RETRY', after: 1 },
    })
  })
})
