import { describe, expect, it } from 'vitest'
import { noteItem, noteOf, sizeBytes } from '../../src/notes/note-item.ts'
import { sampleNote as note } from '../support/notes.ts'

const trashedAt = '2026-11-22T09:00:00.000Z'
const shares = { bob: { role: 'EDITOR', at: '2026-11-20T10:00:00.000Z' } } as const

describe('the item of a note', () => {
  it('has the key of its owner, and what the index sorts and weighs by', () => {
    const { shares: _, ...members } = note
    expect(noteItem(note, 'w')).toEqual({
      pk: 'USER#alice',
      sk: 'NOTE#n',
      changeSk: 'NOTE#2026-11-21T09:00:00.000Z#n',
      writeId: 'w',
      contentBytes: 2,
      ...members,
    })
  })

  it('is in the range of the trash while the note is', () => {
    expect(noteItem({ ...note, trashedAt }, 'w')).toMatchObject({ changeSk: `TRASH#${note.updatedAt}#n`, trashedAt })
  })

  it('has no shares while there are none: a change without a read requires that', () => {
    expect(noteItem(note, 'w')).not.toHaveProperty('shares')
    expect(noteItem({ ...note, shares }, 'w')).toHaveProperty('shares', shares)
  })

  it.each([
    ['plain', note],
    ['shared', { ...note, shares }],
    ['in the trash', { ...note, trashedAt }],
  ])('is read as the note that was stored: %s', (_, stored) => {
    expect(noteOf(noteItem(stored, 'w'))).toEqual(stored)
    expect(Object.keys(noteOf(noteItem(stored, 'w'))).sort()).toEqual(Object.keys(note).sort())
  })

  it('is read with every member, also those that DynamoDB does not store', () => {
    const { color, trashedAt: _, lastEditedWith, shares: none, ...rest } = noteItem(note, 'w')
    expect(Object.keys(noteOf({ ...rest, pk: 'p', sk: 's' })).sort()).toEqual(Object.keys(note).sort())
    expect(noteOf({ ...rest, pk: 'p', sk: 's' }).shares).toEqual({})
  })
})

describe('sizeBytes', () => {
  it('counts bytes of the item, not characters', () => {
    const longer = { ...note, content: 'éé' }
    // Two bytes in the content; `contentBytes` has one digit before and after.
    expect(sizeBytes(longer) - sizeBytes(note)).toBe(2)
    expect(sizeBytes(note)).toBe(Buffer.byteLength(JSON.stringify(noteItem(note, ''))))
  })
})
