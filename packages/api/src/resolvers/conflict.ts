/** A CONFLICT carries the note as it stands, with what the caller may read of it and nothing else. */
import { AppError } from '@fieldnotes/core/error'
import type { MutationResolvers } from '../generated/types.ts'
import { globalId } from '../notes/ids.ts'
import type { Note } from '../notes/note.ts'
import { NoteConflict } from '../notes/note-conflict.ts'
import { rules } from '../rules.ts'
import type { Context } from './context.ts'

const plain = ['title', 'content', 'tags', 'pinned', 'color', 'version', 'createdAt', 'updatedAt', 'trashedAt'] as const

/** Field by field by its own rule; refused is null. */
function project(note: Note, { judge, principal }: Context): Readonly<Record<string, unknown>> {
  const readable = (field: (typeof plain)[number]) => judge(rules.Note[field], { principal }, note)
  const fields = plain.map((field) => [field, readable(field) ? (note[field] ?? null) : null])
  // Normalised caches merge an object by its type and id.
  return { __typename: 'Note', id: globalId('Note', note.id), ...Object.fromEntries(fields) }
}

type Resolve = (parent: unknown, args: unknown, context: Context, info: unknown) => unknown

function telling(resolve: Resolve): Resolve {
  return async (parent, args, context, info) => {
    try {
      return await resolve(parent, args, context, info)
    } catch (error) {
      if (!(error instanceof NoteConflict)) throw error
      const current = project(error.current(), context)
      throw new AppError('CONFLICT', error.reason, { extensions: { current } })
    }
  }
}

/** Each mutation as it was, but that a conflict carries `extensions.current`. */
export function tellingConflicts(mutations: MutationResolvers): MutationResolvers {
  return Object.fromEntries(Object.entries(mutations).map(([name, resolve]) => [name, telling(resolve as Resolve)]))
}
