/** Types of the Lambda event, the response, the routes, and the dependencies of the handler. */
import type { Log } from '@fieldnotes/core/log'
import type { RemedyOptions } from '@fieldnotes/policy/table-remedies'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context as Invocation } from 'aws-lambda'
import type { Explanation } from '../graphql/apollo-server.ts'
import type { IssuerSignOuts } from '../sign-ins/inform-issuers.ts'

/** An event of API Gateway's HTTP API, payload format 2.0. */
export type Event = APIGatewayProxyEventV2
export type Result = APIGatewayProxyStructuredResultV2
export type Handler = (event: Event, invocation: Invocation) => Promise<Result>

/** Answers the requests to one path. `requestId` is the gateway's. */
export type Route = (event: Event, invocation: Invocation, requestId: string) => Promise<Result>

export interface HandlerOptions {
  /** Whether issuers and key sets on this machine are trusted. Deployed code sets `refuse`. */
  readonly loopbackIssuers: 'refuse' | 'trust'
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly log: Log
  /** Milliseconds since the epoch, by which credentials are judged. Default: `Date.now`. */
  readonly clock?: () => number
  /** How issuers are informed that a person has signed out everywhere. */
  readonly issuerSignOuts?: IssuerSignOuts
  /** Explains decisions in responses. Called only where `config.development` is true. */
  readonly explanation?: (remedies: RemedyOptions) => Explanation
}
