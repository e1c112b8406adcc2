import { describe, expect, it } from 'vitest'
import { createCursors } from '../../../src/notes/cursors.ts'
import type { NoteScope } from '../../../src/notes/note-scope.ts'
import { advance, hashOf, openSync, type SyncState, sealSync } from '../../../src/notes/sync/sync-cursor.ts'

const now = Date.parse('2026-11-22T09:00:00.000Z')
const start: SyncState = { from: '', delivered: [], asOf: 0 }

/** That many positions of the last seconds, one a millisecond. */
function burst(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    position: `${new Date(now - count + index).toISOString()}#note`,
  }))
}

function after(state: SyncState, delivered: readonly { readonly position: string }[]) {
  return advance(state, {
    delivered,
    reached: delivered.at(-1)?.position ?? state.from,
    complete: true,
    hasMore: false,
    now,
  })
}

describe('advance', () => {
  it('stays 20 seconds behind the clock, and remembers what was delivered from them', () => {
    const old = { position: '2026-11-22T08:59:39.999Z#note' }
    const fresh = { position: '2026-11-22T08:59:40.001Z#note' }
    const { from, delivered } = after(start, [old, fresh])
    expect([from, delivered]).toEqual(['2026-11-22T08:59:40.000Z', [hashOf(fresh.position)]])
  })

  it('remembers as many changes as one partition can take in 20 seconds: 1,000 units a second, 3 a change', () => {
    const entries = burst((20 * 1000) / 3)
    const { from, delivered } = after(start, entries)
    expect(delivered).toEqual(entries.map(({ position }) => hashOf(position)))
    expect(entries.every(({ position }) => position > from)).toBe(true)
  })

  it('forgets the oldest of still more, and begins behind them: none is delivered twice', () => {
    const entries = burst(7100)
    const { from, delivered } = after(start, entries)
    expect(from).toBe(entries[99]?.position)
    expect(delivered).toEqual(entries.slice(100).map(({ position }) => hashOf(position)))
  })

  it('counts what it did not meet again as long as not all was read, and drops it once all was', () => {
    const state = { ...start, delivered: ['unmet---'] }
    const [one = { position: '' }] = burst(1)
    const part = { delivered: [one], reached: one.position, complete: false, hasMore: true, now }
    expect(advance(state, part).delivered).toEqual([hashOf(one.position), 'unmet---'])
    expect(advance(state, { ...part, complete: true }).delivered).toEqual([hashOf(one.position)])
  })

  it('remembers once what it met again', () => {
    const [one = { position: '' }] = burst(1)
    const state = { ...start, delivered: [hashOf(one.position)] }
    const part = { delivered: [one], reached: one.position, complete: false, hasMore: true, now }
    expect(advance(state, part).delivered).toEqual([hashOf(one.position)])
  })

  it('forgets one more for each that it did not meet again', () => {
    const entries = burst(7000)
    const state = { ...start, delivered: ['unmet---', 'unmet--2'] }
    const part = { delivered: entries, reached: entries.at(-1)?.position ?? '', complete: false, hasMore: false, now }
    const { from, delivered } = advance(state, part)
    expect([from, delivered.length]).toEqual([entries[1]?.position, 7000])
  })

  it('never goes back', () => {
    const from = '2026-11-22T08:59:59.000Z#note'
    expect(after({ ...start, from }, []).from).toBe(from)
  })
})

describe('the cursor of a state', () => {
  const cursors = createCursors(['a secret for the tests, long enough to be one'])
  const as = (personId: string) => ({ personId, cursors }) as NoteScope
  const state = { from: '2026-11-22T08:59:40.000Z#note', delivered: [hashOf('a'), hashOf('b')], asOf: now }

  it.each([
    ['of a first call', { ...start, asOf: now }],
    ['with deliveries', state],
  ])('is opened as the state that it was made of: %s', (_, made) => {
    expect(openSync(as('alice'), sealSync(as('alice'), made))).toEqual(made)
  })

  it('is valid for one person and one list', () => {
    expect(openSync(as('bob'), sealSync(as('alice'), state))).toBeUndefined()
    expect(openSync(as('alice'), cursors.seal('alice notes', `${state.from} ${now} `))).toBeUndefined()
    expect(openSync(as('alice'), '')).toBeUndefined()
  })
})

describe('hashOf', () => {
  it('is 48 bits of SHA-256 in base64url, which old cursors hold', () => {
    expect(hashOf('2026-11-22T08:59:40.000Z#note')).toMatch(/^[\w-]{8}$/)
    expect(hashOf('')).toBe('47DEQpj8')
  })
})
