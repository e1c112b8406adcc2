/** Callers of the real schema, rules and table, without tokens and HTTP. */
import { randomBytes } from 'node:crypto'
import { anonymous, type Principal, type User } from '@fieldnotes/core/principal'
import { sampleService, sampleUser } from '@fieldnotes/core/sample-principals'
import { createTable, type Table } from '@fieldnotes/table/table'
import type { TableConfig } from '@fieldnotes/table/table-config'
import { type GraphQLError, graphql } from 'graphql'
import { createExchangeFor } from '../../src/downstream/exchange-for.ts'
import { appErrorOf } from '../../src/errors/map-error.ts'
import { callerDataOf } from '../../src/graphql/create-context.ts'
import { createSignInsFor } from '../../src/graphql/create-sign-ins.ts'
import { createSchema } from '../../src/graphql/schema.ts'

const policy = createSchema()
const cursorSecrets = ['a secret for the tests, long enough to be one']

/** The response to one operation, with the code of each error. */
export interface GraphQLResponse {
  readonly data: Data
  readonly codes: readonly string[]
  readonly errors: readonly GraphQLError[]
}

/** The data of a response, read as untyped JSON. */
// biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query, which TypeScript can't see
export type Data = any

export interface Caller {
  readonly principal: Principal
  readonly ask: (query: string, variables?: object) => Promise<GraphQLResponse>
}

export interface World {
  readonly table: Table
  readonly clock: { now: number }
  /** A person who may read and write notes, unless `has` has other scopes. */
  readonly someone: (id: string, has?: Partial<User>) => Caller
  readonly service: (id: string, scopes?: readonly string[]) => Caller
  readonly anonymous: Caller
}

const usual = { issuer: 'cognito', clientId: 'app', scopes: new Set(['notes:read', 'notes:write']) }

function callerOf(principal: Principal) {
  if (principal.kind === 'anonymous') return undefined
  const { id, clientId, thirdParty, scopes } = principal
  const { name, email } = principal.kind === 'user' ? principal : { name: undefined, email: undefined }
  return { id, name, email, clientId, thirdParty, readsNotes: () => scopes.has('notes:read') }
}

/** One table, and as many people as a test needs. `wrap` replaces the table that the people use. */
export function createWorld(config: TableConfig, wrap = (table: Table) => table): World {
  const table = createTable(config)
  const clock = { now: Date.parse('2026-11-22T09:00:00.000Z') }
  const deps = {
    table: wrap(table),
    // Each reading of the clock is a millisecond later than the last.
    clock: () => {
      clock.now += 1
      return clock.now
    },
    random: (bytes: number) => randomBytes(bytes),
    cursorSecrets,
  }
  // The table Access has the same keys as that of notes.
  const signInsFor = createSignInsFor({ access: config, cursorSecrets }, { log: () => {}, issuerSignOuts: undefined })
  const exchanges = { downstream: undefined, log: () => {}, clock: Date.now }
  const as = (principal: Principal): Caller => ({
    principal,
    ask: async (source, variableValues = {}) => {
      const contextValue = {
        principal,
        judge: policy.judge,
        requestId: 'test',
        signIns: signInsFor(principal),
        exchangeFor: createExchangeFor(exchanges, { principal, authorization: undefined }),
        ...callerDataOf(deps, callerOf(principal)),
      }
      const { data, errors = [] } = await graphql({
        schema: policy.schema,
        source,
        contextValue,
        variableValues: { ...variableValues },
      })
      const codes = errors.map((error) => appErrorOf(error).code)
      return { data, errors, codes }
    },
  })
  return {
    table,
    clock,
    someone: (id, has = {}) => as(sampleUser({ ...usual, id, name: id, email: `${id}@example.com`, ...has })),
    service: (id, scopes = ['notes:read', 'notes:write']) =>
      as(sampleService({ ...usual, id, scopes: new Set(scopes) })),
    anonymous: as(anonymous),
  }
}
