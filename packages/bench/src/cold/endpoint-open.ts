/** The endpoint without authentication and authorization: the same Apollo, schema, resolvers and table. */
import { startServerAndCreateLambdaHandler } from '@as-integrations/aws-lambda/dist/lambdaHandler.js'
import type { Config } from '@fieldnotes/api/config'
import { createContexts } from '@fieldnotes/api/contexts'
import { createDocuments } from '@fieldnotes/api/documents'
import { createGatewayEvent } from '@fieldnotes/api/gateway-event'
import { createGraphql } from '@fieldnotes/api/graphql'
import { undecidedSchema } from '@fieldnotes/api/schema'
import type { Principal } from '@fieldnotes/core/principal'
import type { Handler } from '../peer.ts'

const config = JSON.parse(process.env.BENCH_CONFIG ?? '{}') as Config
const principal = JSON.parse(process.env.BENCH_PRINCIPAL ?? '{}') as Principal

const schema = undecidedSchema()
const contextOf = createContexts(config, () => true)
const server = createGraphql({
  schema,
  schemaFor: () => schema,
  admission: () => {},
  identity: { challenge: () => undefined, confirm: async () => {} },
  log: () => {},
  now: Date.now,
})

export const handler = startServerAndCreateLambdaHandler(server as never, createGatewayEvent(createDocuments()), {
  context: async () => contextOf(principal, 'bench'),
}) as unknown as Handler
