/** All resolvers by type. The fields without a resolver are those of `properties.ts`. */
import type { Resolvers } from '../generated/resolver-types.ts'
import { globalId } from '../notes/ids.ts'
import { withConflicts } from './conflict.ts'
import { dateTime } from './date-time.ts'
import { mutation } from './mutation.ts'
import { note } from './note-fields.ts'
import { query } from './query.ts'

export const resolvers: Resolvers = {
  DateTime: dateTime,
  Query: query,
  Mutation: withConflicts(mutation),
  Node: { __resolveType: (node) => ('ownerId' in node ? 'Note' : 'User') },
  NoteChange: { __resolveType: (change) => ('reason' in change ? 'NoteGone' : 'NoteChanged') },
  Note: note,
  User: {
    id: ({ id }) => globalId('User', id),
    name: async (person, _, { people }) => (await people.profile(person)).name ?? null,
    email: async (person, _, { people }) => (await people.profile(person)).email ?? null,
    handle: async (person, _, { people }) => (await people.handle(person)) ?? null,
  },
  Share: { person: ({ personId }) => ({ id: personId }), sharedAt: ({ at }) => at },
  NoteConnection: {
    edges: ({ entries }) => [...entries],
    nodes: ({ entries }) => entries.map(({ node }) => node),
    pageInfo: ({ entries, hasNextPage, hasPreviousPage }) => {
      const [first, last] = [entries[0], entries.at(-1)]
      const startCursor = first?.seal(first.position) ?? null
      return { hasNextPage, hasPreviousPage, startCursor, endCursor: last?.seal(last.position) ?? null }
    },
  },
  NoteEdge: { cursor: ({ position, seal }) => seal(position) },
  NoteGone: { noteId: ({ noteId }) => globalId('Note', noteId) },
}
