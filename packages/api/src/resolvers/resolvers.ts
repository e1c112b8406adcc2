/** All resolvers by type. The fields without a resolver are those of `properties.ts`. */
import type { Resolvers } from '../generated/resolver-types.ts'
import { globalId } from '../notes/ids.ts'
import { connectedApp } from './app-fields.ts'
import { withConflicts } from './conflict.ts'
import { dateTime } from './date-time.ts'
import { mutation } from './mutation.ts'
import { note } from './note-fields.ts'
import { connection } from './page-fields.ts'
import { query } from './query.ts'
import { typeOfNode } from './relay-node.ts'
import { session } from './session-fields.ts'

export const resolvers: Resolvers = {
  DateTime: dateTime,
  Query: query,
  Mutation: withConflicts(mutation),
  Node: { __resolveType: typeOfNode },
  NoteChange: { __resolveType: (change) => ('reason' in change ? 'NoteGone' : 'NoteChanged') },
  Note: note,
  User: {
    id: ({ id }) => globalId('User', id),
    name: async (person, _, { people }) => (await people.profile(person)).name ?? null,
    email: async (person, _, { people }) => (await people.profile(person)).email ?? null,
    handle: async (person, _, { people }) => (await people.handle(person)) ?? null,
    sessions: (_, args, { signIns }) => signIns.sessions(args),
    apps: (_, args, { signIns }) => signIns.apps(args),
  },
  Share: { person: ({ personId }) => ({ id: personId }), sharedAt: ({ at }) => at },
  NoteConnection: connection(),
  NoteEdge: { cursor: ({ position, seal }) => seal(position) },
  Session: session,
  SessionConnection: connection(),
  SessionEdge: { cursor: ({ position, seal }) => seal(position) },
  ConnectedApp: connectedApp,
  ConnectedAppConnection: connection(),
  ConnectedAppEdge: { cursor: ({ position, seal }) => seal(position) },
  NoteGone: { noteId: ({ noteId }) => globalId('Note', noteId) },
}
