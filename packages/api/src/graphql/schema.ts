import { createPolicy, type Policy } from '@fieldnotes/policy/policy'
import type { GraphQLSchema } from 'graphql'
import { document } from '../generated/document.ts'
import type { ObjectTypes } from '../generated/types.ts'
import { resolvers } from '../resolvers/resolvers.ts'
import { rules } from '../rules.ts'
import { executableSchema } from './executable-schema.ts'

/** The schema as its resolvers answer it, before anything is decided. Nothing executes it as it stands. */
export function undecidedSchema(): GraphQLSchema {
  return executableSchema(document, resolvers)
}

/** The schema of the endpoint with every decision in front of its field. Throws when any field has none. */
export function createSchema(): Policy {
  return createPolicy<ObjectTypes>(undecidedSchema(), rules)
}
