/** The schema of every peer, as SDL; for peers with directives, they are appended to the fields. */
import { type Demand, demandsOf } from './rules.ts'

const types: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Query: {
    me: ': User',
    note: '(id: ID!): Note',
    notes: '(first: Int): NoteConnection',
    adminStats: ': AdminStats',
  },
  AdminStats: { users: ': Int', notes: ': Int' },
  User: { id: ': ID!', name: ': String', email: ': String' },
  Note: {
    id: ': ID!',
    title: ': String',
    content: ': String',
    createdAt: ': String',
    updatedAt: ': String',
    ownerId: ': ID',
    owner: ': User',
    tags: ': [String!]',
    internalNotes: ': String',
  },
  NoteEdge: { cursor: ': String!', node: ': Note' },
  PageInfo: { hasNextPage: ': Boolean!', endCursor: ': String' },
  NoteConnection: { edges: ': [NoteEdge!]!', pageInfo: ': PageInfo!' },
}

/** The SDL; `directive` returns a peer's directive for the demands of a field. */
export function sdl(directive: (needs: readonly Demand[]) => string = () => ''): string {
  return Object.entries(types)
    .map(([type, fields]) => {
      const lines = Object.entries(fields).map(([name, rest]) => `  ${name}${rest} ${directive(demandsOf(type, name))}`)
      return `type ${type} {\n${lines.join('\n')}\n}`
    })
    .join('\n')
}
