/**
 * TypeGraphQL with its authChecker, on lean Apollo. Its decorators are called as functions, so that no compiler is
 * needed.
 */
import 'reflect-metadata'
import type { GraphQLSchema } from 'graphql'
import {
  Arg,
  type AuthChecker,
  Authorized,
  buildSchema,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  ObjectType,
  Query,
  Resolver,
  type ResolverData,
  Root,
} from 'type-graphql'
import type { Peer } from '../contract/peer.ts'
import { lean, onApollo } from '../hosts/apollo.ts'
import { executed } from '../hosts/graphql-js-engine.ts'
import type { Context } from '../world/callers.ts'
import { resolvers } from '../world/resolvers.ts'
import { type Demand, demands, rules } from '../world/rules.ts'

type Class = abstract new () => object
type Shape = Readonly<Record<string, { of: () => unknown; required?: true }>>

function text() {
  return String
}
function id() {
  return ID
}
function whole() {
  return Int
}

/** Equivalent of `@ObjectType() class … { @Authorized(…) @Field(…) … }`. */
function declare(type: Class, needs: Readonly<Record<string, readonly Demand[]>>, shape: Shape) {
  for (const [field, { of, required }] of Object.entries(shape)) {
    // Its performance guide: a field without a guard bypasses the middleware.
    Field(of as never, { nullable: !required, simple: !needs[field]?.length })(type.prototype, field)
    protect(type.prototype, field, needs[field])
  }
  ObjectType()(type as never)
}

function protect(prototype: object, field: string, needs: readonly Demand[] = []) {
  if (needs.length > 0) Authorized<Demand>([...needs])(prototype, field)
}

abstract class User {}
abstract class Note {}
abstract class NoteEdge {}
abstract class PageInfo {}
abstract class NoteConnection {}
abstract class AdminStats {}

function declareObjects() {
  declare(User, rules.User, { id: { of: id, required: true }, name: { of: text }, email: { of: text } })
  declare(Note, rules.Note, {
    id: { of: id, required: true },
    title: { of: text },
    content: { of: text },
    createdAt: { of: text },
    updatedAt: { of: text },
    ownerId: { of: id },
    tags: { of: () => [String] },
    internalNotes: { of: text },
  })
  declare(NoteEdge, rules.NoteEdge, { cursor: { of: text, required: true }, node: { of: () => Note } })
  declare(PageInfo, rules.PageInfo, { hasNextPage: { of: () => Boolean, required: true }, endCursor: { of: text } })
  declare(NoteConnection, rules.NoteConnection, {
    edges: { of: () => [NoteEdge], required: true },
    pageInfo: { of: () => PageInfo, required: true },
  })
  declare(AdminStats, rules.AdminStats, { users: { of: whole }, notes: { of: whole } })
}

class Roots {
  me(context: Context) {
    return resolvers.Query.me(undefined, undefined, context)
  }
  note(noteId: string) {
    return resolvers.Query.note(undefined, { id: noteId })
  }
  notes(first: number | undefined, context: Context) {
    return resolvers.Query.notes(undefined, first === undefined ? {} : { first }, context)
  }
  adminStats() {
    return resolvers.Query.adminStats()
  }
  owner(note: Parameters<typeof resolvers.Note.owner>[0]) {
    return resolvers.Note.owner(note)
  }
}

const roots: Readonly<Record<keyof typeof rules.Query, () => Class>> = {
  me: () => User,
  note: () => Note,
  notes: () => NoteConnection,
  adminStats: () => AdminStats,
}

function declareRoots() {
  const { prototype } = Roots
  for (const [field, type] of Object.entries(roots)) {
    Query(type as never, { nullable: true })(prototype, field, {})
    protect(prototype, field, rules.Query[field as keyof typeof roots])
  }
  FieldResolver((() => User) as never, { nullable: true })(prototype, 'owner', {})
  protect(prototype, 'owner', rules.Note.owner)
  Ctx()(prototype, 'me', 0)
  Arg('id', id)(prototype, 'note', 0)
  Arg('first', whole, { nullable: true })(prototype, 'notes', 0)
  Ctx()(prototype, 'notes', 1)
  Root()(prototype, 'owner', 0)
  Resolver((() => Note) as never)(Roots as never)
}

function isAuthorized({ root, context }: ResolverData<Context>, needs: Demand[]): boolean {
  for (const demand of needs) if (!demands[demand](context.principal, root ?? {})) return false
  return true
}

declareObjects()
declareRoots()

function schema(): Promise<GraphQLSchema> {
  // An arrow: a checker with a prototype would be taken for a class.
  const authChecker: AuthChecker<Context, Demand> = (data, needs) => isAuthorized(data, needs)
  return buildSchema({ resolvers: [Roots], validate: false, authMode: 'error', authChecker: authChecker as never })
}

export const peer: Peer = {
  engine: async () => executed(await schema()),
  handler: async () => onApollo(await schema(), lean),
}
