/** One step of a random run, and the person who takes it. */
import type fc from 'fast-check'
import { expect } from 'vitest'
import type { Model, ModelNote, Name } from './model.ts'
import type { Caller, Data, GraphQLResponse } from './world.ts'

/** A client that stores notes offline. */
export interface Device {
  cursor: string | null
  readonly kept: Map<string, Data>
  /** For each note, the instant of the last change that the device received. */
  readonly delivered: Map<string, string>
}

/** The people of one run, their handles, ids and offline devices. */
export interface Real {
  readonly people: Readonly<Record<Name, Caller>>
  readonly handles: Readonly<Record<Name, string>>
  readonly ids: Readonly<Record<Name, string>>
  readonly devices: Readonly<Record<Name, Device>>
}

export type Command = fc.AsyncCommand<Model, Real>

/** One step. It runs only when `when` is true for the model. */
export function step(
  name: string,
  when: (model: Model) => boolean,
  run: (model: Model, real: Real) => Promise<void>,
): Command {
  return {
    check: when,
    run,
    toString: () => name,
  }
}

export function anyNote({ notes }: Model) {
  return notes.length > 0
}

/** One of the latest few notes, so that steps conflict. */
export function pick({ notes }: Model, index: number): ModelNote {
  const note = notes[notes.length - 1 - (index % notes.length)]
  if (!note) throw new Error('no note')
  return note
}

/** A person by name, or by their role for the note. */
export type Actor = Name | 'owner' | 'sharee'

export function actorOf(note: ModelNote, actor: Actor): Name {
  if (actor === 'owner') return note.owner
  if (actor !== 'sharee') return actor
  const [sharee] = note.shares.keys()
  return sharee ?? note.owner
}

export function expectCode(answer: GraphQLResponse, code: string | undefined, what: string) {
  return expect(answer.codes, what).toEqual(code ? [code] : [])
}
