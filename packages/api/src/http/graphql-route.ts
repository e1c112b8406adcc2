/**
 * `/graphql` and `/iam/graphql`: authenticate the caller, find its limit, create the context, execute the operation.
 */
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
import { createLimitCaller } from '../limits/caller-limits.ts'
import { remediesFor } from '../remedy-options.ts'
import type { AuthenticateEvent } from './authenticate-event.ts'
import { createExecute } from './gateway-event.ts'
import type { Event, HandlerOptions, Result, Route } from './route.ts'

/** Makes the route of one way to authenticate. All routes share one server and its caches. */
export type RouteFor = (authenticate: AuthenticateEvent) => Route

/** What the routes need of the handler. */
export interface RouteForOptions extends Pick<HandlerOptions, 'log' | 'explanation' | 'issuerSignOuts'> {
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  /** Logs and answers a request that fails outside of the execution of an operation. */
  readonly refuse: (thrown: unknown, event: Event) => Result
}

/** A caller with a bad credential or API key is refused before the request is parsed. */
export function createRouteFor(
  config: Config,
  identity: Identity,
  { log, explanation, issuerSignOuts, clock, refuse }: RouteForOptions,
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
  const limitCaller = createLimitCaller(config, { log, clock })
  return (authenticate) => async (event, invocation, requestId) => {
    const principal = await authenticate(event)
    const { spend, headers } = await limitCaller(event, principal)
    const request = {
      event,
      context: createContext(principal, { requestId, authorization: event.headers.authorization, spend }),
    }
    const result = await execute(request, invocation).catch((error: unknown) => refuse(error, event))
    return { ...result, headers: { ...result.headers, ...headers() } }
  }
}
