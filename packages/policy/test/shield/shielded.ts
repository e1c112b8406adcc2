/** One schema behind graphql-shield's own evaluator and behind policy's. */
import { makeExecutableSchema } from '@graphql-tools/schema'
import { type ExecutionResult, execute, type GraphQLSchema, parse } from 'graphql'
import { createPolicy } from '../../src/policy.ts'
import { allow, anyone, deny, object, type Rule } from '../../src/rules.ts'
import type { World } from '../generated-world.ts'
import { asShield } from '../kit/as-shield.ts'
import { applyMiddleware, shield } from '../kit/shield-library.ts'
import { alice } from '../shop.ts'

/** Type → field → rule, or any value that a test puts there. */
export type Table = Readonly<Record<string, unknown>>

function rowOf(row: Readonly<Record<string, Rule>>) {
  return Object.fromEntries(Object.entries(row).map(([field, rule]) => [field, asShield(rule)]))
}

/** The schema behind graphql-shield, which denies by default and leaves errors as they are. */
export function shielded(schema: GraphQLSchema, table: Table, options: object = {}): GraphQLSchema {
  const rows = Object.entries(table as Record<string, Record<string, Rule>>).map(([type, row]) => [type, rowOf(row)])
  const defaults = { fallbackRule: asShield(deny), allowExternalErrors: true }
  return applyMiddleware(schema, shield(Object.fromEntries(rows), { ...defaults, ...options }))
}

/** The schema behind the compiled rules of policy. */
export function enforced(schema: GraphQLSchema, table: Table) {
  return createPolicy(schema, table as Parameters<typeof createPolicy>[1])
}

/** The response to one query. */
export async function run(
  schema: GraphQLSchema,
  { principal, query }: Pick<World, 'principal' | 'query'>,
): Promise<ExecutionResult> {
  return execute({ schema, document: parse(query), contextValue: { principal } })
}

const typeDefs = `
  interface Node { id: ID secret: String }
  type Note implements Node { id: ID secret: String owner: String must: String! }
  type Query { node: Node note: Note notes: [Note] boom: Note }
  type Mutation { remove: Note }
  type Subscription { ticks: Note }
`

/** Everything is open. */
export const table = {
  Query: { node: allow, note: allow, notes: allow, boom: allow },
  Note: { id: allow, secret: allow, owner: allow, must: allow },
  Mutation: { remove: anyone },
  Subscription: { ticks: allow },
} as const

const notes = ['alice', 'bob'].map((owner, index) => ({
  __typename: 'Note',
  id: String(index),
  secret: `s${index}`,
  owner,
  must: 'm',
}))

/** Notes of two owners; `effects` lists what was done and can not be undone. */
export function notesSchema(effects: string[] = []): GraphQLSchema {
  return makeExecutableSchema({
    typeDefs,
    resolvers: {
      Query: {
        node: () => notes[0],
        note: () => notes[0],
        notes: () => notes,
        boom: () => {
          throw new Error('the store is down')
        },
      },
      Mutation: {
        remove: () => {
          effects.push('removed')
          return notes[0]
        },
      },
      Subscription: {
        ticks: {
          subscribe: async function* () {
            effects.push('started')
            yield { ticks: notes[0] }
          },
          resolve: ({ ticks }: { ticks: unknown }) => ticks,
        },
      },
    },
  })
}

/** The open table with another rule for `Note.secret`. */
export function withSecret(secret: Rule) {
  return { ...table, Note: { ...table.Note, secret } }
}

/** The response to alice for a secret. */
export async function secretOf(schema: GraphQLSchema) {
  return (await run(schema, { principal: alice, query: '{ note { secret } }' })).data
}

/** A rule that can not be decided. */
export const broken = object('broken', () => {
  throw new Error('no answer')
})

/** The data of the two responses to a query for a secret. */
export const answers = { allowed: { note: { secret: 's0' } }, refused: { note: { secret: null } } }
