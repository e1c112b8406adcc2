/** What every competitor, and ours, must offer. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context as LambdaContext } from 'aws-lambda'
import type { Context } from './callers.ts'

export interface AnswerError {
  readonly path?: readonly (string | number)[] | undefined
  readonly extensions?: { readonly code?: string } | undefined
}

/** A GraphQL answer as JSON, and the HTTP status it came with, if it came by HTTP. */
export interface Answer {
  readonly data?: unknown
  readonly errors?: readonly AnswerError[]
  readonly status?: number
}

/** Answers an operation inside one process, without HTTP: its name and the caller in, an answer out. */
export type Engine = (operation: string, context: Context) => unknown

/** Answers an API Gateway HTTP API event (payload 2.0), as Lambda calls it. */
export type Handler = (
  event: APIGatewayProxyEventV2,
  context: LambdaContext,
) => Promise<APIGatewayProxyStructuredResultV2>

/** One file in `peers/`: an engine, a handler, or both. */
export interface Peer {
  readonly engine?: () => Promise<Engine>
  readonly handler?: () => Promise<Handler>
}
