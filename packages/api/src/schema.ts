import { createPolicy, type Policy } from '@fieldnotes/policy/policy'
import { makeExecutableSchema } from '@graphql-tools/schema'
import type { ObjectTypes } from './generated/schema.ts'
import { sdl } from './generated/sdl.ts'
import { resolvers } from './resolvers/resolvers.ts'
import { rules } from './rules.ts'

/** The schema of the endpoint with every decision in front of its field. Throws when any field has none. */
export const createSchema = (): Policy =>
  createPolicy<ObjectTypes>(makeExecutableSchema({ typeDefs: sdl, resolvers }), rules)
