/** The endpoint's schema: `schema.graphql` with its resolvers, and with the rules in front of every field. */
import { createPolicy, type Policy } from '@fieldnotes/policy/policy'
import type { RemedyOptions } from '@fieldnotes/policy/table-remedies'
import type { GraphQLSchema } from 'graphql'
import { document } from '../generated/schema-document.ts'
import type { ObjectTypes } from '../generated/types.ts'
import { remediesFor } from '../remedy-options.ts'
import { properties } from '../resolvers/properties.ts'
import { resolvers } from '../resolvers/resolvers.ts'
import { rules } from '../rules.ts'
import { assertResolved } from './assert-resolved.ts'
import { executableSchema } from './executable-schema.ts'

/**
 * The schema with its resolvers and without rules. For tools: the endpoint does not execute it.
 * @throws SchemaError when a field has no resolver and is no listed property
 */
export function unguardedSchema(): GraphQLSchema {
  const schema = executableSchema(document, resolvers)
  assertResolved(schema, properties)
  return schema
}

/**
 * The schema with a rule in front of every field.
 * @param remedies what the remedies of refusals name; without it they name no scope of an issuer
 * @throws PolicyError when a field has no rule
 */
export function createSchema(remedies: RemedyOptions = remediesFor({ issuers: [] })): Policy {
  return createPolicy<ObjectTypes>(unguardedSchema(), rules, { remedies })
}
