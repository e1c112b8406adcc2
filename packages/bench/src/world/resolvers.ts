/** Resolvers of all peers. The roots are asynchronous, as with a database; none checks anything. */
import type { Context } from './callers.ts'
import { type Note, noteOf, pageOf, personOf, stats } from './people-and-notes.ts'

function idOf({ principal }: Context): string {
  return principal.kind === 'anonymous' ? '' : principal.id
}

/** Resolvers of the root fields and of `Note.owner`. */
export const resolvers = {
  Query: {
    me: async (_root: unknown, _args: unknown, context: Context) => personOf(idOf(context)),
    note: async (_root: unknown, { id }: { id: string }) => noteOf(id),
    notes: async (_root: unknown, { first }: { first?: number | null | undefined }, context: Context) =>
      pageOf(idOf(context), first ?? 20),
    adminStats: async () => stats(),
  },
  Note: { owner: (note: Note) => personOf(note.ownerId) },
}
