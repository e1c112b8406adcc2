/** Schema, data, rules, callers and operations, the same for every subject. */
import { anonymous, type Principal } from '@fieldnotes/core/principal'
import { sampleUser } from '@fieldnotes/core/sample-principals'
import { allow, caller, chain, deny, has, inGroup, object, signedIn } from '@fieldnotes/policy/rules'
import { makeExecutableSchema } from '@graphql-tools/schema'
import { type GraphQLSchema, parse } from 'graphql'

const typeDefs = /* GraphQL */ `
  type Query {
    me: User
    note(id: ID!): Note
    notes(first: Int): NoteConnection
    adminStats: AdminStats
  }
  type AdminStats { users: Int notes: Int }
  type User { id: ID name: String email: String }
  type Note {
    id: ID title: String content: String createdAt: String updatedAt: String ownerId: ID
    owner: User internalNotes: String tags: [String!]
  }
  type NoteEdge { cursor: String! node: Note }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type NoteConnection { edges: [NoteEdge!]! pageInfo: PageInfo! }
`

interface Note {
  readonly id: string
  readonly ownerId: string
}

interface Context {
  readonly principal: Principal
}

function person(index: number) {
  return { id: `u${index}`, name: `User ${index}`, email: `u${index}@example.com` }
}

const people = new Map(Array.from({ length: 10 }, (_, index) => [`u${index}`, person(index)]))

const notes = new Map(
  Array.from({ length: 1500 }, (_, index) => {
    const note = {
      id: `n${index}`,
      title: `Title ${index}`,
      content: `${'Lorem ipsum dolor sit amet '.repeat(4)}${index}`,
      createdAt: '2025-01-01T00:00:00.000Z',
      updatedAt: '2025-02-01T00:00:00.000Z',
      ownerId: `u${index % 10}`,
      internalNotes: `internal ${index}`,
      tags: ['a', 'b', `c${index}`],
    }
    return [note.id, note]
  }),
)

function idOf(principal: Principal): string {
  return principal.kind === 'anonymous' ? '' : principal.id
}

function pageOf(owner: string, first: number) {
  const own = [...notes.values()].filter((note) => note.ownerId === owner)
  const page = own.slice(0, first)
  const edges = page.map((node) => ({ cursor: node.id, node }))
  return { edges, pageInfo: { hasNextPage: own.length > first, endCursor: page.at(-1)?.id ?? null } }
}

const pages = new Map<string, ReturnType<typeof pageOf>>()

function cachedPage(owner: string, first: number) {
  const key = `${owner} ${first}`
  const page = pages.get(key) ?? pageOf(owner, first)
  pages.set(key, page)
  return page
}

export function isOwner(principal: Principal, note: Note): boolean {
  return principal.kind !== 'anonymous' && (note.ownerId === principal.id || principal.groups.has('bench:admin'))
}

const resolvers = {
  Query: {
    me: async (_parent: unknown, _args: unknown, { principal }: Context) => people.get(idOf(principal)) ?? null,
    note: async (_parent: unknown, { id }: { id: string }) => notes.get(id) ?? null,
    notes: async (_parent: unknown, { first = 20 }: { first?: number }, { principal }: Context) =>
      cachedPage(idOf(principal), first),
    adminStats: async () => ({ users: people.size, notes: notes.size }),
  },
  Note: { owner: (note: Note) => people.get(note.ownerId) },
}

/** The schema without authorization. */
export function createSchema(): GraphQLSchema {
  return makeExecutableSchema({ typeDefs, resolvers })
}

const owner = object<Note>('owner', isOwner)
const admin = inGroup('bench:admin')
const readable = chain(signedIn, has('notes:read'), owner)
const emails = caller(
  'scope users:email',
  (principal) => principal.kind !== 'anonymous' && principal.scopes.has('users:email'),
)

/** One rule table for graphql-shield and for us. */
export const rules = {
  Query: {
    me: signedIn,
    note: chain(signedIn, has('notes:read')),
    notes: chain(signedIn, has('notes:read')),
    adminStats: chain(signedIn, admin),
  },
  AdminStats: { users: chain(signedIn, admin), notes: chain(signedIn, admin) },
  User: { id: signedIn, name: signedIn, email: chain(signedIn, emails) },
  Note: {
    id: readable,
    title: readable,
    content: readable,
    createdAt: readable,
    updatedAt: readable,
    ownerId: readable,
    owner: readable,
    internalNotes: chain(signedIn, has('notes:read'), owner, has('notes:internal')),
    tags: readable,
  },
  NoteEdge: { cursor: allow, node: allow },
  PageInfo: { hasNextPage: allow, endCursor: allow },
  NoteConnection: { edges: allow, pageInfo: allow },
}

export const fallback = deny

function someone(id: string, scopes: readonly string[], groups: readonly string[] = []): Principal {
  return sampleUser({ id, issuer: 'bench', scopes: new Set(scopes), groups: new Set(groups), name: id })
}

const all = ['notes:read', 'notes:internal', 'users:email']
const full = someone('u1', all)
const partial = someone('u1', ['notes:read'])
const fields = 'id title content createdAt updatedAt tags internalNotes owner { email }'
const single = parse(`query Single($id: ID!) { note(id: $id) { ${fields} } }`)
const list = parse(`query List { notes(first: 100) { edges { node { ${fields} } } pageInfo { hasNextPage } } }`)
const stats = parse('query Stats { adminStats { users notes } }')

/** Operations by name. All are compared; those with `timed` are measured. */
export const operations = {
  list: { document: list, variableValues: {}, principal: full, timed: true },
  single: { document: single, variableValues: { id: 'n1' }, principal: full, timed: true },
  deniedField: { document: single, variableValues: { id: 'n1' }, principal: partial, timed: true },
  deniedOwner: { document: single, variableValues: { id: 'n2' }, principal: full, timed: true },
  deniedRoot: { document: stats, variableValues: {}, principal: full, timed: true },
  listPartial: { document: list, variableValues: {}, principal: partial, timed: false },
  anonymous: { document: single, variableValues: { id: 'n1' }, principal: anonymous, timed: false },
  powerless: { document: single, variableValues: { id: 'n1' }, principal: someone('u1', []), timed: false },
  admin: { document: stats, variableValues: {}, principal: someone('u3', all, ['bench:admin']), timed: false },
} as const

export type OperationName = keyof typeof operations

export const operationNames = Object.keys(operations) as readonly OperationName[]
