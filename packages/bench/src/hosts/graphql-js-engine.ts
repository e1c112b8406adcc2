/** graphql-js's own executor, with documents parsed in advance. */
import { makeExecutableSchema } from '@graphql-tools/schema'
import { execute, type GraphQLSchema, parse } from 'graphql'
import type { Engine } from '../contract/peer.ts'
import { operations } from '../world/operations.ts'
import { resolvers } from '../world/resolvers.ts'
import { sdl } from '../world/schema.ts'

/** The schema with resolvers that check nothing. */
export function bareSchema(): GraphQLSchema {
  return makeExecutableSchema({ typeDefs: sdl(), resolvers })
}

/** Parses every operation once. */
export function documents() {
  return new Map(
    Object.entries(operations).map(([name, { query, variables }]) => [name, { document: parse(query), variables }]),
  )
}

/** An engine of graphql-js for this schema. */
export function executed(schema: GraphQLSchema): Engine {
  const parsed = documents()
  return (name, contextValue) => {
    const { document, variables } = parsed.get(name) ?? missing(name)
    return execute({ schema, document, variableValues: variables, contextValue })
  }
}

/** @throws Error always, for an operation without a row in the table */
export function missing(name: string): never {
  throw new Error(`no operation ${name}`)
}
