/** What the resolvers of one request work with, bound to its caller. */
import { AppError } from '@fieldnotes/core/error'
import { monotonicFactory } from 'ulid'
import { createCursors } from '../notes/cursors.ts'
import { type Notes, notesOf } from '../notes/notes.ts'
import { type People, peopleOf } from '../people/people.ts'
import type { Caller } from '../people/person.ts'
import type { Table } from '../store/table.ts'

export interface SessionDeps {
  readonly table: Table
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  /** So many unpredictable bytes. */
  readonly random: (bytes: number) => Uint8Array
  /** Newest first. */
  readonly cursorSecrets: readonly string[]
}

export interface Session {
  readonly notes: Notes
  readonly people: People
}

/** Stands in for what needs a caller. @throws UNAUTHENTICATED whatever is asked of it */
function nobodys<T extends object>(): T {
  return new Proxy({} as T, {
    get: () => {
      throw new AppError('UNAUTHENTICATED', 'no caller')
    },
  })
}

/** The session of one request. Costs nothing until it is used. */
export function sessionOf(deps: SessionDeps, caller: Caller | undefined): Session {
  if (!caller) return { notes: nobodys(), people: nobodys() }
  const { table, clock, random } = deps
  const people = peopleOf({ table, caller, clock, random })
  const newId = monotonicFactory(() => (random(1)[0] ?? 0) / 256)
  const cursors = createCursors(deps.cursorSecrets)
  const desk = { table, clock, cursors, newId, personId: caller.id, clientId: caller.clientId }
  return { people, notes: notesOf(desk, people.findByHandle) }
}
