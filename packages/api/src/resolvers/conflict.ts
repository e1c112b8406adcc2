/** Adds the stored note to a CONFLICT, with those fields that the caller may read. */
import { AppError } from '@fieldnotes/core/error'
import type { MutationResolvers } from '../generated/resolver-types.ts'
import { globalId } from '../notes/ids.ts'
import type { Note } from '../notes/note.ts'
import { NoteConflict } from '../notes/note-conflict.ts'
import { rules } from '../rules.ts'
import type { Context } from './context.ts'
import { noteState } from './properties.ts'

/** Each field by its own rule; null where the rule refuses. Normalised caches of clients need the type and the id. */
function currentNote(note: Note, { judge, principal }: Context): Readonly<Record<string, unknown>> {
  const readable = (field: (typeof noteState)[number]) => judge(rules.Note[field], { principal }, note)
  const fields = noteState.map((field) => [field, readable(field) ? (note[field] ?? null) : null])
  return { __typename: 'Note', id: globalId('Note', note.id), ...Object.fromEntries(fields) }
}

type Resolve = (parent: unknown, args: unknown, context: Context, info: unknown) => unknown

function withCurrent(resolve: Resolve): Resolve {
  return async (parent, args, context, info) => {
    try {
      return await resolve(parent, args, context, info)
    } catch (error) {
      if (!(error instanceof NoteConflict)) throw error
      const current = currentNote(error.current(), context)
      throw new AppError('CONFLICT', error.reason, { extensions: { current } })
    }
  }
}

/** The same resolvers; their CONFLICT errors have `extensions.current`. */
export function withConflicts(mutations: MutationResolvers): MutationResolvers {
  return Object.fromEntries(Object.entries(mutations).map(([name, resolve]) => [name, withCurrent(resolve as Resolve)]))
}
