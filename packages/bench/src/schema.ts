/** The schema every peer serves, as SDL; peers with directives get them written behind their fields. */
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

/** The schema; `directive` turns what a field asks for into the peer's directive. */
export function sdl(directive: (asked: readonly Demand[]) => string = () => ''): string {
  return Object.entries(types)
    .map(([type, fields]) => {
      const lines = Object.entries(fields).map(([name, rest]) => `  ${name}${rest} ${directive(demandsOf(type, name))}`)
      return `type ${type} {\n${lines.join('\n')}\n}`
    })
    .join('\n')
}
