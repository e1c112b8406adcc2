/** Pothos with its scope-auth plugin, on lean Apollo. */
import SchemaBuilder from '@pothos/core'
import ScopeAuthPlugin from '@pothos/plugin-scope-auth'
import type { GraphQLSchema } from 'graphql'
import type { Peer } from '../contract/peer.ts'
import { lean, onApollo } from '../hosts/apollo.ts'
import { executed } from '../hosts/graphql-js-engine.ts'
import type { Context } from '../world/callers.ts'
import type { Note, NotePage, Person } from '../world/people-and-notes.ts'
import { resolvers } from '../world/resolvers.ts'
import { demands } from '../world/rules.ts'

interface Types {
  Context: Context
  AuthScopes: { signedIn: boolean; read: boolean; internal: boolean; email: boolean; admin: boolean; mine: Note }
  Objects: {
    User: Person
    Note: Note
    AdminStats: { users: number; notes: number }
    NoteEdge: NotePage['edges'][number]
    PageInfo: NotePage['pageInfo']
    NoteConnection: NotePage
  }
}

function scopesOf({ principal }: Context) {
  return {
    signedIn: demands.signedIn(principal, {}),
    read: demands.read(principal, {}),
    internal: demands.internal(principal, {}),
    email: demands.email(principal, {}),
    admin: demands.admin(principal, {}),
    mine: (note: Note) => demands.mine(principal, note),
  }
}

type Builder = ReturnType<typeof createBuilder>

function createBuilder() {
  return new SchemaBuilder<Types>({ plugins: [ScopeAuthPlugin], scopeAuth: { authScopes: scopesOf } })
}

const nullable = { nullable: true } as const
/** Scopes of the whole type, which the plugin evaluates once per note; `internal` is evaluated separately. */
function ownScopes(note: Note) {
  return { $all: { read: true, mine: note } }
}
const internal = { ...nullable, authScopes: { internal: true } }

function addNote(builder: Builder) {
  return builder.objectType('Note', {
    authScopes: ownScopes,
    fields: (t) => ({
      id: t.exposeID('id', { nullable: false, skipTypeScopes: true }),
      title: t.exposeString('title', nullable),
      content: t.exposeString('content', nullable),
      createdAt: t.exposeString('createdAt', nullable),
      updatedAt: t.exposeString('updatedAt', nullable),
      ownerId: t.exposeID('ownerId', nullable),
      owner: t.field({ type: 'User', ...nullable, resolve: resolvers.Note.owner }),
      tags: t.field({ type: ['String'], ...nullable, resolve: (note) => note.tags }),
      internalNotes: t.exposeString('internalNotes', internal),
    }),
  })
}

function addObjects(builder: Builder) {
  builder.objectType('User', {
    fields: (t) => ({
      id: t.exposeID('id', { nullable: false }),
      name: t.exposeString('name', { ...nullable, authScopes: { signedIn: true } }),
      email: t.exposeString('email', { ...nullable, authScopes: { email: true } }),
    }),
  })
  builder.objectType('AdminStats', {
    fields: (t) => ({
      users: t.exposeInt('users', { ...nullable, authScopes: { admin: true } }),
      notes: t.exposeInt('notes', { ...nullable, authScopes: { admin: true } }),
    }),
  })
}

function addConnection(builder: Builder) {
  builder.objectType('NoteEdge', {
    fields: (t) => ({
      cursor: t.exposeString('cursor', { nullable: false }),
      node: t.field({ type: 'Note', nullable: true, resolve: (edge) => edge.node }),
    }),
  })
  builder.objectType('PageInfo', {
    fields: (t) => ({
      hasNextPage: t.exposeBoolean('hasNextPage', { nullable: false }),
      endCursor: t.exposeString('endCursor', { nullable: true }),
    }),
  })
  builder.objectType('NoteConnection', {
    fields: (t) => ({
      edges: t.field({ type: ['NoteEdge'], nullable: false, resolve: (page) => page.edges }),
      pageInfo: t.field({ type: 'PageInfo', nullable: false, resolve: (page) => page.pageInfo }),
    }),
  })
}

function addRoots(builder: Builder) {
  return builder.queryType({
    fields: (t) => ({
      me: t.field({ type: 'User', ...nullable, authScopes: { signedIn: true }, resolve: resolvers.Query.me }),
      note: t.field({
        type: 'Note',
        ...nullable,
        authScopes: { read: true },
        args: { id: t.arg.id({ required: true }) },
        resolve: resolvers.Query.note,
      }),
      notes: t.field({
        type: 'NoteConnection',
        ...nullable,
        authScopes: { read: true },
        args: { first: t.arg.int() },
        resolve: resolvers.Query.notes,
      }),
      adminStats: t.field({
        type: 'AdminStats',
        ...nullable,
        authScopes: { admin: true },
        resolve: resolvers.Query.adminStats,
      }),
    }),
  })
}

function schema(): GraphQLSchema {
  const builder = createBuilder()
  for (const add of [addObjects, addNote, addConnection, addRoots]) add(builder)
  return builder.toSchema()
}

export const peer: Peer = { engine: async () => executed(schema()), handler: async () => onApollo(schema(), lean) }
