/** `/graphql` and `/iam/graphql`: authenticate the caller, create the context, execute the operation. */
import { anonymous } from '@fieldnotes/core/principal'
import type { Identity } from '@fieldnotes/identity/identity'
import type { Config } from '../config/config.ts'
import { operations } from '../generated/operations.ts'
import { createApolloServer } from '../graphql/apollo-server.ts'
import { createContextFactory } from '../graphql/create-context.ts'
import { sampleDecisions } from '../graphql/decision-sample.ts'
import { createDocumentCheck } from '../graphql/document-check.ts'
import { admissionOf } from '../graphql/operation-admission.ts'
import { createSchema } from '../graphql/schema.ts'
import { remediesFor } from '../remedy-options.ts'
import type { AuthenticateEvent } from './authenticate-event.ts'
import { createExecute } from './gateway-event.ts'
import type { HandlerOptions, Route } from './route.ts'

/** Makes the route of one way to authenticate. All routes share one server and its caches. */
export type RouteFor = (authenticate: AuthenticateEvent) => Route

/** A caller with a bad credential is refused before the request is parsed. */
export function createRouteFor(
  config: Config,
  identity: Identity,
  { log, explanation, issuerSignOuts }: Pick<HandlerOptions, 'log' | 'explanation' | 'issuerSignOuts'>,
): RouteFor {
  const remedies = remediesFor(config)
  const { schema, schemaFor, judge } = createSchema(remedies)
  const createContext = createContextFactory(config, judge, { log, issuerSignOuts })
  const explained = config.development ? explanation?.(remedies) : undefined
  const sample = {
    share: Number(config.decisionSample ?? 0),
    observed: explained ? explained.schemaFor(anonymous) : schema,
    log,
    random: Math.random,
  }
  const server = createApolloServer({
    schema,
    ...sampleDecisions({ schemaFor, ...explained }, sample),
    admission: admissionOf(config),
    executor: config.executor,
    identity,
    log,
    now: () => performance.now(),
  })
  const checkDocument = createDocumentCheck(operations, { enforced: config.operations === 'listed' })
  const execute = createExecute(server, checkDocument)
  return (authenticate) => async (event, invocation, requestId) => {
    const principal = await authenticate(event)
    return execute(
      { event, context: createContext(principal, { requestId, authorization: event.headers.authorization }) },
      invocation,
    )
  }
}
