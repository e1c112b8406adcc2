/** All resolvers by type. What has no line here is read from the object of the same name. */
import type { Resolvers } from '../generated/types.ts'
import { globalId } from '../notes/ids.ts'
import { tellingConflicts } from './conflict.ts'
import { dateTime } from './date-time.ts'
import { mutation } from './mutation.ts'
import { note } from './note.ts'
import { query } from './query.ts'

export const resolvers: Resolvers = {
  DateTime: dateTime,
  Query: query,
  Mutation: tellingConflicts(mutation),
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
      const startCursor = first?.seal(first.place) ?? null
      return { hasNextPage, hasPreviousPage, startCursor, endCursor: last?.seal(last.place) ?? null }
    },
  },
  NoteEdge: { cursor: ({ place, seal }) => seal(place) },
  NoteGone: { noteId: ({ noteId }) => globalId('Note', noteId) },
}
