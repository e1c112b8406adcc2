/** `POST /graphql` and `GET /graphql`: who calls, with what, and then the operation. */
import { startServerAndCreateLambdaHandler } from '@as-integrations/aws-lambda/dist/lambdaHandler.js'
import { AppError } from '@fieldnotes/core/error'
import type { Identity } from '@fieldnotes/identity/identity'
import { admissionOf } from './admit.ts'
import type { Context } from './context.ts'
import { createContexts } from './contexts.ts'
import { createDocuments } from './documents.ts'
import type { Config } from './endpoint-config.ts'
import { createGatewayEvent } from './gateway-event.ts'
import { operations } from './generated/operations.ts'
import { createGraphql } from './graphql.ts'
import { mediaTypeOf } from './media-type.ts'
import type { Event, Handler, Route, Surroundings } from './route.ts'
import { createSchema } from './schema.ts'

const notAcceptable = new AppError('BAD_USER_INPUT', 'accept', {
  message: 'The answer is application/json or application/graphql-response+json.',
  extensions: { status: 406 },
})

/** A caller with a bad credential, or who can not read the answer, is refused before anything is parsed. */
export function createGraphqlRoute(
  config: Config,
  identity: Identity,
  { log, explanation }: Pick<Surroundings, 'log' | 'explanation'>,
): Route {
  const { schema, schemaFor, judge } = createSchema()
  const contextOf = createContexts(config, judge)
  const contexts = new WeakMap<Event, Context>()
  const server = createGraphql({
    schema,
    schemaFor,
    admission: admissionOf(config),
    identity,
    log,
    now: () => performance.now(),
    ...(config.development && explanation?.()),
  })
  // Where a stage says so, nothing is executed but what our clients were built with.
  const documents = createDocuments(operations, { enforced: config.operations === 'listed' })
  const execute = startServerAndCreateLambdaHandler(server, createGatewayEvent(documents), {
    context: async ({ event }) => contexts.get(event) as Context,
  }) as Handler
  return async (event, invocation, requestId) => {
    const principal = await identity.authenticate(event.headers)
    if (!mediaTypeOf(event.headers.accept)) throw notAcceptable
    contexts.set(event, contextOf(principal, requestId))
    return execute(event, invocation)
  }
}
