import { AppError } from '@fieldnotes/core/error'
import type { Note } from './note.ts'

/**
 * CONFLICT: the note has another version than the input names. The resolver adds those fields of the note that the
 * caller may read.
 */
export class NoteConflict extends AppError {
  readonly #current: Note

  constructor(current: Note) {
    super('CONFLICT', 'the version has moved on')
    this.#current = current
  }

  /** A method and not a property, so that no log prints the note. */
  current(): Note {
    return this.#current
  }
}
