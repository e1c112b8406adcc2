/** A small schema with a table that starts, for tests of tables that do not. */
import { buildSchema } from 'graphql'
import { createPolicy } from '../../src/policy.ts'
import { allow, anyone } from '../../src/rules.ts'

const schema = buildSchema(`
  interface Node { id: ID! }
  type Note implements Node { id: ID! text: String must: String! }
  union Hit = Note
  enum Color { RED }
  input Filter { tag: String or: [Filter!] }
  type Query { note(id: ID!, filter: Filter): Note hit: Hit }
  type Payload { note: Note ok: Boolean }
  type Mutation { save: Payload }
`)

/** A table that starts. */
export const open = {
  Query: { note: allow, hit: allow },
  Note: { id: allow, text: allow, must: allow },
  Mutation: { save: anyone },
  Payload: { note: allow, ok: allow },
}

/** Starts a policy with any table. */
export function start(table: unknown) {
  return () => createPolicy(schema, table as Parameters<typeof createPolicy>[1])
}

/** The table with another rule for `Note.text`. */
export function at(text: unknown) {
  return { ...open, Note: { ...open.Note, text } }
}
