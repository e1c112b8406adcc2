import type { Note } from '../../src/notes/note.ts'

/** A note of alice that is not shared. */
export const sampleNote: Note = {
  id: 'n',
  ownerId: 'alice',
  title: 'A note',
  content: 'é',
  tags: ['a', 'b'],
  pinned: false,
  color: undefined,
  version: 3,
  createdAt: '2026-11-20T09:00:00.000Z',
  updatedAt: '2026-11-21T09:00:00.000Z',
  trashedAt: undefined,
  lastEditedWith: 'app',
  shares: {},
}
