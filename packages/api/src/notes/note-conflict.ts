import { AppError } from '@fieldnotes/core/error'
import type { Note } from './note.ts'

/** The note has moved on from the version that was read. Carries the note to the resolver, which projects it under the caller's read rules. */
export class NoteConflict extends AppError {
  readonly #current: Note

  constructor(current: Note) {
    super('CONFLICT', 'the version has moved on')
    this.#current = current
  }

  /** Not a property, so that nothing prints the note by accident. */
  current(): Note {
    return this.#current
  }
}
