/** What goes through the endpoint, API Gateway's HTTP API event (payload format 2.0) and its answer, and what it stands in. */
import type { Log } from '@fieldnotes/core/log'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context as Invocation } from 'aws-lambda'
import type { Explanation } from '../graphql/apollo-server.ts'

export type Event = APIGatewayProxyEventV2
export type Result = APIGatewayProxyStructuredResultV2
export type Handler = (event: Event, invocation: Invocation) => Promise<Result>

/** One way through the endpoint; `requestId` is the gateway's. */
export type Route = (event: Event, invocation: Invocation, requestId: string) => Promise<Result>

export interface Surroundings {
  /** Whether issuers and key sets on this very machine are believed. Deployed code says `refuse`. */
  readonly loopbackIssuers: 'refuse' | 'trust'
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly log: Log
  /** What development adds to answers; made only where `config.development` says so. */
  readonly explanation?: () => Explanation
}
