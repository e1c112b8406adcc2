/** `POST /graphql` and `GET /graphql`: who calls, with what, and then the operation. */
import { startServerAndCreateLambdaHandler } from '@as-integrations/aws-lambda/dist/lambdaHandler.js'
import { AppError } from '@fieldnotes/core/error'
import type { Identity } from '@fieldnotes/identity/identity'
import type { Config } from '../config/config.ts'
import { operations } from '../generated/operations.ts'
import { admissionOf } from '../graphql/admission.ts'
import { createGraphql } from '../graphql/apollo-server.ts'
import { createContexts } from '../graphql/create-context.ts'
import { createDocuments } from '../graphql/documents.ts'
import { mediaTypeOf } from '../graphql/media-type.ts'
import { createSchema } from '../graphql/schema.ts'
import type { Context } from '../resolvers/context.ts'
import { createGatewayEvent } from './gateway-event.ts'
import type { Event, Handler, Route, Surroundings } from './route.ts'

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
