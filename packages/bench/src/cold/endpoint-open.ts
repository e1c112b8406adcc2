/** The endpoint without authentication and authorization: the same Apollo, schema, resolvers and table. */
import { createApolloServer } from '@fieldnotes/api/apollo-server'
import type { Config } from '@fieldnotes/api/config'
import { createContextFactory } from '@fieldnotes/api/create-context'
import { createDocumentCheck } from '@fieldnotes/api/document-check'
import { createExecute } from '@fieldnotes/api/gateway-event'
import { unguardedSchema } from '@fieldnotes/api/schema'
import type { Principal } from '@fieldnotes/core/principal'
import type { Handler } from '../contract/peer.ts'

const config = JSON.parse(process.env.BENCH_CONFIG ?? '{}') as Config
const principal = JSON.parse(process.env.BENCH_PRINCIPAL ?? '{}') as Principal

const schema = unguardedSchema()
const createContext = createContextFactory(config, () => true, { log: () => {}, issuerSignOuts: undefined })
const server = createApolloServer({
  schema,
  schemaFor: () => schema,
  admission: () => 1,
  executor: undefined,
  identity: {
    challenge: () => undefined,
    metadataUrl: 'https://api.example.com/metadata',
    checkAccount: async () => {},
  },
  log: () => {},
  now: Date.now,
})

const execute = createExecute(server, createDocumentCheck())

export function handler(...[event, invocation]: Parameters<Handler>): ReturnType<Handler> {
  return execute(
    { event, context: createContext(principal, { requestId: 'bench', spend: async () => {} }) },
    invocation,
  )
}
