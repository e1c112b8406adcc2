/** Authorizers of the laptop's gateway: what checks a request before its function, as API Gateway does. */
import type { Answer, AuthorizerEvent } from '@fieldnotes/authorizer/give-verdict'
import type { RouteRow } from '@fieldnotes/core/routes'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'

/** A request that passes, with what the function gets as `requestContext.authorizer`; or one that is denied (403). */
export type Authorization =
  | { readonly isAuthorized: true; readonly authorizer: Readonly<Record<string, unknown>> }
  | { readonly isAuthorized: false }

/** Headers as the client sent them, before the gateway adds its own. Names are in lower case. */
export type SentHeaders = Readonly<Record<string, string | undefined>>

/** Checks the event of a request. When it throws, the response is 500. */
export type Authorize = (event: APIGatewayProxyEventV2, sent: SentHeaders) => Promise<Authorization>

/** Name of an authorizer in the table of routes → the authorizer. A row with a name that is missing can't be served. */
export type Authorizers = Readonly<Partial<Record<Exclude<RouteRow['authorizer'], 'none'>, Authorize>>>

/** A Lambda authorizer behind the gateway: simple responses, no identity source, no cache. */
export function lambdaAuthorizer(invoke: (event: AuthorizerEvent) => Promise<Answer>): Authorize {
  return async ({ headers, requestContext }) => {
    const { isAuthorized, context } = await invoke({ headers, requestContext })
    return isAuthorized ? { isAuthorized, authorizer: { lambda: context } } : { isAuthorized: false }
  }
}

/** The event as the function gets it. */
export function withAuthorizer(
  event: APIGatewayProxyEventV2,
  authorizer: Readonly<Record<string, unknown>>,
): APIGatewayProxyEventV2 {
  const requestContext = { ...event.requestContext, authorizer }
  return { ...event, requestContext }
}
