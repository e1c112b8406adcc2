import { describe, expect, it } from 'vitest'
import type { Note } from '../../src/notes/note.ts'
import { noteItem } from '../../src/notes/note-item.ts'
import { newNoteWrites, noteWrites, tagWrites } from '../../src/notes/note-writes.ts'
import { sampleNote as note } from '../support/notes.ts'

const at = '2026-11-22T09:00:00.000Z'
const stamp = { at, writeId: 'w' }
/** 31 days after `at`, in seconds. */
const expiresAt = Date.parse('2026-12-23T09:00:00.000Z') / 1000
const asRead = [[['=', 'version', 3]]]

function sharedWith(...people: readonly string[]): Note {
  return { ...note, shares: Object.fromEntries(people.map((id) => [id, { role: 'VIEWER', at }])) }
}
function gone(personId: string, reason: string) {
  const key = { pk: `USER#${personId}`, sk: 'SHARED#n' }
  return { put: { ...key, id: 'n', ownerId: 'alice', changeSk: `GONE#${at}#n`, reason, at, expiresAt } }
}
function pointer(personId: string, contentBytes = 2) {
  const key = { pk: `USER#${personId}`, sk: 'SHARED#n' }
  return { put: { ...key, id: 'n', ownerId: 'alice', changeSk: `SHARED#${at}#n`, contentBytes } }
}
function tag(name: string, count: number) {
  return { update: { pk: 'USER#alice', sk: `TAG#${name}` }, set: { tag: name }, add: { count } }
}
const ownTombstone = {
  put: { pk: 'USER#alice', sk: 'GONE#n', id: 'n', changeSk: `GONE#${at}#n`, reason: 'DELETED', at, expiresAt },
}
const removal = { remove: { pk: 'USER#alice', sk: 'NOTE#n' }, when: asRead }

describe('the writes of a new note', () => {
  it('need a free key', () => {
    expect(newNoteWrites(note, stamp)).toEqual([{ put: noteItem(note, 'w'), when: [[['absent', 'pk']]], isNew: true }])
  })
})

describe('the writes of a change', () => {
  const put = (after: Note) => ({ put: noteItem(after, 'w'), when: asRead })

  it('are the note alone when only its owner sees it and its tags stay', () => {
    expect(noteWrites(note, { ...note, title: 'new' }, stamp)).toEqual([put({ ...note, title: 'new' })])
  })

  it('move every reader’s pointer, which weighs the content as it is now', () => {
    const before = sharedWith('bob', 'carol')
    const after = { ...before, content: 'éé' }
    expect(noteWrites(before, after, stamp)).toEqual([put(after), pointer('bob', 4), pointer('carol', 4)])
  })

  it('leave a tombstone for a person whose share ended, and none for others', () => {
    const after = sharedWith('carol')
    expect(noteWrites(sharedWith('bob', 'carol'), after, stamp)).toEqual([
      put(after),
      pointer('carol'),
      gone('bob', 'UNSHARED'),
    ])
  })

  it('take the note from its readers and its tags from the counts when it goes into the trash', () => {
    const after = { ...sharedWith('bob'), trashedAt: at }
    expect(noteWrites(sharedWith('bob'), after, stamp)).toEqual([
      put(after),
      gone('bob', 'UNSHARED'),
      tag('a', -1),
      tag('b', -1),
    ])
  })

  it('touch no other partition and no count while the note is in the trash', () => {
    const before = { ...sharedWith('bob'), trashedAt: at }
    const after = { ...before, tags: ['c'], shares: {} }
    expect(noteWrites(before, after, stamp)).toEqual([put(after)])
  })

  it('give the note back to its readers and its tags to the counts when it leaves the trash', () => {
    const after = sharedWith('bob')
    expect(noteWrites({ ...after, trashedAt: at }, after, stamp)).toEqual([
      put(after),
      pointer('bob'),
      tag('a', 1),
      tag('b', 1),
    ])
  })

  it('count the tags that come and go, and not those that stay', () => {
    const after = { ...note, tags: ['b', 'c'] }
    expect(noteWrites(note, after, stamp)).toEqual([put(after), tag('a', -1), tag('c', 1)])
  })
})

describe('the writes of a deletion', () => {
  it('remove the note as it was read, and leave a tombstone for its owner', () => {
    expect(noteWrites(note, undefined, stamp)).toEqual([removal, tag('a', -1), tag('b', -1), ownTombstone])
  })

  it('leave a tombstone for each reader', () => {
    const [first, ...rest] = noteWrites(sharedWith('bob'), undefined, stamp)
    expect([first, rest[0]]).toEqual([removal, gone('bob', 'DELETED')])
  })

  it('leave none for former readers of a note in the trash', () => {
    expect(noteWrites({ ...sharedWith('bob'), trashedAt: at }, undefined, stamp)).toEqual([removal, ownTombstone])
  })
})

describe('tagWrites', () => {
  it('counts the notes of a call together', () => {
    const others = { ...note, id: 'm', tags: ['b'] }
    expect(tagWrites('alice', [], [note, others])).toEqual([tag('a', 1), tag('b', 2)])
  })
})
