/** The interface of every peer, ours included. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context as LambdaContext } from 'aws-lambda'
import type { Context } from '../world/callers.ts'

/** An error of an answer, as JSON. */
export interface ResponseError {
  readonly path?: readonly (string | number)[] | undefined
  readonly extensions?: { readonly code?: string } | undefined
}

/** A GraphQL answer as JSON, with its HTTP status if it had one. */
export interface GraphQLResponse {
  readonly data?: unknown
  readonly errors?: readonly ResponseError[]
  readonly status?: number
}

/** Executes an operation inside the process, without HTTP: from its name and the caller to an answer. */
export type Engine = (operation: string, context: Context) => unknown

/** Handles an event of API Gateway's HTTP API (payload format 2.0), as Lambda calls it. */
export type Handler = (
  event: APIGatewayProxyEventV2,
  context: LambdaContext,
) => Promise<APIGatewayProxyStructuredResultV2>

/** A file in `peers/`: an engine, a handler, or both. */
export interface Peer {
  readonly engine?: () => Promise<Engine>
  readonly handler?: () => Promise<Handler>
}
