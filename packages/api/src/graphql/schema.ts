/** The endpoint's schema: `schema.graphql` with its resolvers, and with the rules in front of every field. */
import { createPolicy, type Policy } from '@fieldnotes/policy/policy'
import type { RemedyOptions } from '@fieldnotes/policy/table-remedies'
import type { GraphQLSchema } from 'graphql'
import { document } from '../generated/schema-document.ts'
import type { ObjectTypes } from '../generated/types.ts'
import { remediesFor } from '../remedy-options.ts'
import { resolvers } from '../resolvers/resolvers.ts'
import { rules } from '../rules.ts'
import { executableSchema } from './executable-schema.ts'

/** The schema with its resolvers and without rules. For tools: the endpoint does not execute it. */
export function unguardedSchema(): GraphQLSchema {
  return executableSchema(document, resolvers)
}

/**
 * The schema with a rule in front of every field.
 * @param remedies what the remedies of refusals name; without it they name no scope of an issuer
 * @throws Error when a field has no rule
 */
export function createSchema(remedies: RemedyOptions = remediesFor([])): Policy {
  return createPolicy<ObjectTypes>(unguardedSchema(), rules, { remedies })
}
