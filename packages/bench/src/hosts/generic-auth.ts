/** Yoga's generic-auth plugin in its granular mode. It knows the caller alone, so that ownership is checked in the resolvers, by hand. */
import { useGenericAuth } from '@envelop/generic-auth'
import { makeExecutableSchema } from '@graphql-tools/schema'
import { defaultFieldResolver, GraphQLError, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Context } from '../callers.ts'
import { refusalOf } from '../refusal.ts'
import { resolvers } from '../resolvers.ts'
import { type Demand, demands, rules } from '../rules.ts'
import { sdl } from '../schema.ts'

const header = `
directive @authenticated on FIELD_DEFINITION | OBJECT | INTERFACE
directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE
`

function directive(asked: readonly Demand[]): string {
  const scopes = asked.filter((demand) => demand !== 'mine' && demand !== 'signedIn')
  if (asked.length === 0) return ''
  if (scopes.length === 0) return '@authenticated'
  return `@authenticated @requiresScopes(scopes: [[${scopes.map((scope) => `"${scope}"`).join(', ')}]])`
}

type Resolver = GraphQLFieldResolver<object, Context>

/** A GraphQLError, because Yoga hides any other behind "Unexpected error.", which costs it another error. */
function owned(resolve: Resolver): Resolver {
  return (note, args, context, info) => {
    const { principal } = context
    if (!demands.mine(principal, note)) throw new GraphQLError('Forbidden', { extensions: refusalOf(principal) })
    return resolve(note, args, context, info)
  }
}

const noteResolvers = Object.fromEntries(
  Object.entries(rules.Note)
    .filter(([, asked]) => (asked as readonly Demand[]).includes('mine'))
    .map(([field]) => [field, owned(field === 'owner' ? (resolvers.Note.owner as Resolver) : defaultFieldResolver)]),
)

/** The schema with the plugin's directives on it. */
export function annotatedSchema(): GraphQLSchema {
  return makeExecutableSchema({
    typeDefs: header + sdl(directive),
    resolvers: { ...resolvers, Note: noteResolvers },
  })
}

const callerDemands = (Object.keys(demands) as Demand[]).filter((demand) => demand !== 'mine')

/** The plugin: what the caller is known to have becomes its scopes, and refused fields are left out of the answer. */
export function genericAuth(): Plugin {
  return useGenericAuth({
    mode: 'protect-granular',
    contextFieldName: 'authUser',
    rejectUnauthenticated: false,
    resolveUserFn: ({ principal }: Context) => (principal.kind === 'anonymous' ? null : principal),
    extractScopes: (principal: Context['principal']) =>
      principal ? callerDemands.filter((demand) => demands[demand](principal, {})) : [],
  } as never) as unknown as Plugin
}
