import { describe, expect, it } from 'vitest'
import * as keys from '../../src/store/item-keys.ts'

/** Stored data has these keys: another spelling loses it. */
const spellings = [
  ['a note', keys.noteKey('p', 'n'), { pk: 'USER#p', sk: 'NOTE#n' }],
  ['a pointer', keys.pointerKey('p', 'n'), { pk: 'USER#p', sk: 'SHARED#n' }],
  ['a tombstone', keys.tombstoneKey('p', 'n'), { pk: 'USER#p', sk: 'GONE#n' }],
  ['a tag', keys.tagKey('p', 't'), { pk: 'USER#p', sk: 'TAG#t' }],
  ['a receipt', keys.receiptKey('p', 'createNote', 'd'), { pk: 'USER#p', sk: 'DONE#createNote#d' }],
  ['a profile', keys.profileKey('p'), { pk: 'USER#p', sk: 'PROFILE' }],
  ['a handle', keys.handleKey('h'), { pk: 'HANDLE#h', sk: 'HANDLE' }],
] as const

describe('item keys', () => {
  it.each(spellings)('are spelled as they are stored: %s', (_, key, spelling) => {
    expect(key).toEqual(spelling)
  })

  it('put a change in the order of its range and its instant', () => {
    expect(keys.changeSk('TRASH', '2026-11-22', 'n')).toBe('TRASH#2026-11-22#n')
  })

  it('have bounds that no key of another range is within', () => {
    const [first, last] = keys.boundsOf('NOTE')
    const inside = (sk: string) => first <= sk && sk <= last
    expect(['NOTE#', 'NOTE#n', 'NOTE#\u{10ffff}'].map(inside)).toEqual([true, true, true])
    expect(['GONE#n', 'NOTE', 'NOTES#n', 'PROFILE', 'SHARED#n', ''].map(inside)).toEqual(Array(6).fill(false))
  })
})
