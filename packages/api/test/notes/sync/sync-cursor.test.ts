import { describe, expect, it } from 'vitest'
import { advance, hashOf, type Sync } from '../../../src/notes/sync/sync-cursor.ts'

const now = Date.parse('2026-11-22T09:00:00.000Z')
const start: Sync = { from: '', seen: [], asOf: 0 }

/** So many places of the last seconds, one a millisecond. */
function burst(count: number) {
  return Array.from({ length: count }, (_, index) => ({ place: `${new Date(now - count + index).toISOString()}#note` }))
}

function after(sync: Sync, told: readonly { readonly place: string }[]) {
  return advance(sync, { told, reached: told.at(-1)?.place ?? sync.from, complete: true, hasMore: false, now })
}

describe('advance', () => {
  it('stays 20 seconds behind the clock, and remembers what was told from them', () => {
    const old = { place: '2026-11-22T08:59:39.999Z#note' }
    const fresh = { place: '2026-11-22T08:59:40.001Z#note' }
    const { from, seen } = after(start, [old, fresh])
    expect([from, seen]).toEqual(['2026-11-22T08:59:40.000Z', [hashOf(fresh.place)]])
  })

  it('remembers as many changes as one partition can take in 20 seconds: 1,000 units a second, 3 a change', () => {
    const told = burst((20 * 1000) / 3)
    const { from, seen } = after(start, told)
    expect(seen).toEqual(told.map(({ place }) => hashOf(place)))
    expect(told.every(({ place }) => place > from)).toBe(true)
  })

  it('forgets the oldest of still more, and begins behind them: none is told twice', () => {
    const told = burst(7100)
    const { from, seen } = after(start, told)
    expect(from).toBe(told[99]?.place)
    expect(seen).toEqual(told.slice(100).map(({ place }) => hashOf(place)))
  })

  it('counts what it did not meet again as long as not all was read, and drops it once all was', () => {
    const sync = { ...start, seen: ['unmet---'] }
    const [one = { place: '' }] = burst(1)
    const part = { told: [one], reached: one.place, complete: false, hasMore: true, now }
    expect(advance(sync, part).seen).toEqual([hashOf(one.place), 'unmet---'])
    expect(advance(sync, { ...part, complete: true }).seen).toEqual([hashOf(one.place)])
  })

  it('never goes back', () => {
    const from = '2026-11-22T08:59:59.000Z#note'
    expect(after({ ...start, from }, []).from).toBe(from)
  })
})
