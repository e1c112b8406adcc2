/** Queries. Each calls one operation of the caller's notes or people. */
import type { QueryResolvers } from '../generated/resolver-types.ts'
import { nodeOf, nodesOf } from './relay-node.ts'

export const query: QueryResolvers = {
  me: (_, __, { people }) => people.me(),
  note: (_, { id }, { notes }) => notes.get(id),
  notes: (_, args, { notes }) => notes.list(args),
  sharedWithMe: (_, args, { notes }) => notes.shared(args),
  tags: (_, __, { notes }) => notes.tags(),
  node: (_, { id }, context) => nodeOf(id, 'id', context),
  nodes: (_, { ids }, context) => nodesOf(ids, context),
  changes: (_, args, { notes }) => notes.changes(args),
}
