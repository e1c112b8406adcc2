/** Synchronous checks written into each resolver by hand: careful code without a library. */
import type { Principal } from '@fieldnotes/core/principal'
import { makeExecutableSchema } from '@graphql-tools/schema'
import { defaultFieldResolver, GraphQLError, type GraphQLFieldResolver } from 'graphql'
import type { Peer } from '../contract/peer.ts'
import { lean, onApollo } from '../hosts/apollo.ts'
import { executed } from '../hosts/graphql-js-engine.ts'
import type { Context } from '../world/callers.ts'
import { refusalOf } from '../world/refusal.ts'
import { resolvers } from '../world/resolvers.ts'
import { type Demand, demands, rules } from '../world/rules.ts'
import { sdl } from '../world/schema.ts'

type Resolver = GraphQLFieldResolver<unknown, Context>

function forbidden(principal: Principal) {
  return new GraphQLError('Forbidden', { extensions: refusalOf(principal) })
}

function checked(needs: readonly Demand[], resolve: Resolver): Resolver {
  const tests = needs.map((demand) => demands[demand])
  return (parent, args, context, info) => {
    const { principal } = context
    for (const test of tests) if (!test(principal, parent as object)) throw forbidden(principal)
    return resolve(parent, args, context, info)
  }
}

const unchecked: Readonly<Record<string, Readonly<Record<string, unknown>>>> = resolvers

function checkedType(type: string, fields: Readonly<Record<string, readonly Demand[]>>) {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([field, needs]) => needs.length > 0 || unchecked[type]?.[field])
      .map(([field, needs]) => [
        field,
        checked(needs, (unchecked[type]?.[field] as Resolver | undefined) ?? defaultFieldResolver),
      ]),
  )
}

function schema() {
  return makeExecutableSchema({
    typeDefs: sdl(),
    resolvers: Object.fromEntries(Object.entries(rules).map(([type, fields]) => [type, checkedType(type, fields)])),
  })
}

export const peer: Peer = { engine: async () => executed(schema()), handler: async () => onApollo(schema(), lean) }
