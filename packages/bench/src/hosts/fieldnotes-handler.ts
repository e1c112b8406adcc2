/**
 * Our own server for the bench's schema: the same Apollo settings, executor, event parsing and log lines as the
 * deployed endpoint.
 */

import { createApolloServer } from '@fieldnotes/api/apollo-server'
import type { Context } from '@fieldnotes/api/context'
import { createDocumentCheck } from '@fieldnotes/api/document-check'
import { createExecute } from '@fieldnotes/api/gateway-event'
import { admissionOf } from '@fieldnotes/api/operation-admission'
import { createLog } from '@fieldnotes/core/log'
import type { Principal } from '@fieldnotes/core/principal'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import type { Handler } from '../contract/peer.ts'
import { benchPolicy } from './fieldnotes-policy.ts'

type Authenticate = (event: APIGatewayProxyEventV2) => Principal | Promise<Principal>

const identity = {
  challenge: () => undefined,
  metadataUrl: 'https://api.example.com/metadata',
  checkAccount: async () => {},
}

/** The product's own Lambda handler. It formats log lines as in production and discards them; the peers write none. */
export function fieldnotesHandler(authenticate: Authenticate): Handler {
  const { schema, schemaFor } = benchPolicy()
  const log = createLog(() => {})
  const admission = admissionOf({ development: false })
  const server = createApolloServer({ schema, schemaFor, admission, executor: undefined, identity, log, now: Date.now })
  const execute = createExecute(server, createDocumentCheck())
  return async (event, invocation) => {
    const { requestId } = event.requestContext
    const context = { principal: await authenticate(event), requestId, spend: async () => {} }
    return execute({ event, context: context as Partial<Context> as Context }, invocation)
  }
}
