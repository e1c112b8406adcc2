/** Yoga's generic-auth plugin in its granular mode. It only knows the caller, so resolvers check ownership by hand. */
import { useGenericAuth } from '@envelop/generic-auth'
import { makeExecutableSchema } from '@graphql-tools/schema'
import { defaultFieldResolver, GraphQLError, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Context } from '../world/callers.ts'
import { refusalOf } from '../world/refusal.ts'
import { resolvers } from '../world/resolvers.ts'
import { type Demand, demands, rules } from '../world/rules.ts'
import { sdl } from '../world/schema.ts'

const header = `
directive @authenticated on FIELD_DEFINITION | OBJECT | INTERFACE
directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE
`

function directive(needs: readonly Demand[]): string {
  const scopes = needs.filter((demand) => demand !== 'mine' && demand !== 'signedIn')
  if (needs.length === 0) return ''
  if (scopes.length === 0) return '@authenticated'
  return `@authenticated @requiresScopes(scopes: [[${scopes.map((scope) => `"${scope}"`).join(', ')}]])`
}

type Resolver = GraphQLFieldResolver<object, Context>

/** Throws a GraphQLError, because Yoga masks any other, which would cost it a second error. */
function owned(resolve: Resolver): Resolver {
  return (note, args, context, info) => {
    const { principal } = context
    if (!demands.mine(principal, note)) throw new GraphQLError('Forbidden', { extensions: refusalOf(principal) })
    return resolve(note, args, context, info)
  }
}

const noteResolvers = Object.fromEntries(
  Object.entries(rules.Note)
    .filter(([, needs]) => (needs as readonly Demand[]).includes('mine'))
    .map(([field]) => [field, owned(field === 'owner' ? (resolvers.Note.owner as Resolver) : defaultFieldResolver)]),
)

/** The schema with the plugin's directives. */
export function annotatedSchema(): GraphQLSchema {
  return makeExecutableSchema({
    typeDefs: header + sdl(directive),
    resolvers: { ...resolvers, Note: noteResolvers },
  })
}

const callerDemands = (Object.keys(demands) as Demand[]).filter((demand) => demand !== 'mine')

/** The plugin: facts about the caller become its scopes, and refused fields are left out of the answer. */
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
