/**
 * Our own server for the bench's schema: the same Apollo settings, executor, event parsing and log lines as the
 * deployed endpoint.
 */
import { startServerAndCreateLambdaHandler } from '@as-integrations/aws-lambda/dist/lambdaHandler.js'
import { admissionOf } from '@fieldnotes/api/admit'
import { createDocuments } from '@fieldnotes/api/documents'
import { createGatewayEvent } from '@fieldnotes/api/gateway-event'
import { createGraphql } from '@fieldnotes/api/graphql'
import { createLog } from '@fieldnotes/core/log'
import type { Principal } from '@fieldnotes/core/principal'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import type { Handler } from '../peer.ts'
import { benchPolicy } from './policy.ts'

type Authenticate = (event: APIGatewayProxyEventV2) => Principal | Promise<Principal>

const identity = { challenge: () => undefined, confirm: async () => {} }

/** A Lambda handler of ours. It formats log lines as in production and discards them; the peers write none. */
export function onOurs(authenticate: Authenticate): Handler {
  const { schema, schemaFor } = benchPolicy()
  const log = createLog(() => {})
  const admission = admissionOf({ development: false })
  const server = createGraphql({ schema, schemaFor, admission, identity, log, now: Date.now })
  return startServerAndCreateLambdaHandler(server as never, createGatewayEvent(createDocuments()), {
    context: async ({ event }) => ({
      principal: await authenticate(event),
      requestId: event.requestContext.requestId,
    }),
  }) as unknown as Handler
}
