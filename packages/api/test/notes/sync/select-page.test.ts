import { describe, expect, it } from 'vitest'
import type { ChangeEntry } from '../../../src/notes/sync/change-index.ts'
import { selectPage } from '../../../src/notes/sync/select-page.ts'
import { hashOf, type SyncState } from '../../../src/notes/sync/sync-cursor.ts'

const state: SyncState = { from: '0', delivered: [], asOf: 0 }

function entry(position: string, contentBytes = 0): ChangeEntry {
  const [at = '', noteId = ''] = position.split('#')
  return { position, at, noteId, range: 'NOTE', ownerId: 'alice', reason: 'UNSHARED', contentBytes }
}
const four = ['1#a', '2#b', '3#c', '4#d'].map((position) => entry(position))
const [one, two, three, last] = four

describe('selectPage', () => {
  it('takes everything that fits', () => {
    const { page, delivery } = selectPage(state, { entries: four, readTo: undefined }, 4)
    expect(page).toEqual(four)
    expect(delivery).toEqual({ delivered: four, reached: '4#d', complete: true, hasMore: false })
  })

  it('takes the first of more, and gets as far as they do', () => {
    const { page, delivery } = selectPage(state, { entries: four, readTo: undefined }, 2)
    expect(page).toEqual([one, two])
    expect(delivery).toEqual({ delivered: [one, two], reached: '2#b', complete: true, hasMore: true })
  })

  it('leaves out what was delivered, and still counts it as delivered', () => {
    const { page, delivery } = selectPage(
      { ...state, delivered: [hashOf('1#a'), hashOf('3#c')] },
      { entries: four, readTo: undefined },
      1,
    )
    expect(page).toEqual([two])
    expect(delivery).toEqual({ delivered: [one, two, three], reached: '2#b', complete: true, hasMore: true })
  })

  it('takes nothing beyond the position up to which every range was read', () => {
    const { page, delivery } = selectPage(state, { entries: four, readTo: '3#c' }, 4)
    expect(page).toEqual([one, two, three])
    expect(delivery).toEqual({ delivered: [one, two, three], reached: '3#c', complete: false, hasMore: true })
  })

  it('has more when ranges were not read to their ends, even without an entry left', () => {
    const { delivery } = selectPage(state, { entries: four, readTo: '4#d' }, 4)
    expect(delivery).toMatchObject({ reached: '4#d', hasMore: true, complete: false })
  })

  it('stays where it is when nothing changed', () => {
    const { page, delivery } = selectPage(state, { entries: [], readTo: undefined }, 4)
    expect([page, delivery]).toEqual([[], { delivered: [], reached: '0', complete: true, hasMore: false }])
  })

  it.each([
    ['a first note of any weight', [5_000_000, 0], 1],
    ['contents of a megabyte together', [500_000, 500_000, 1], 2],
    ['not one byte more', [500_000, 500_001, 0], 1],
  ])('takes %s', (_, weights, count) => {
    const entries = weights.map((bytes, index) => entry(`${index + 1}#n`, bytes))
    expect(selectPage(state, { entries, readTo: undefined }, 100).page).toHaveLength(count)
  })

  it('reaches the last entry that was read when every fresh one fits', () => {
    const seen = { ...state, delivered: [hashOf('4#d')] }
    expect(selectPage(seen, { entries: four, readTo: undefined }, 3).delivery).toMatchObject({
      delivered: four,
      reached: last?.position,
      hasMore: false,
    })
  })
})
