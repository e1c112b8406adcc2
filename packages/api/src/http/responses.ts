/** Answers of the endpoint as API Gateway takes them. */
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { appErrorOf, publicError, statusOf } from '../errors/errors.ts'

type Headers = Readonly<Record<string, string>>

/** On every answer: it belongs to one caller, is what it says it is, and comes as the client takes it. */
const always: Headers = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  vary: 'accept, accept-encoding',
}

/** An answer without a body. */
export function noContent(): APIGatewayProxyStructuredResultV2 {
  return { statusCode: 204, headers: always }
}

/** An answer with a body of JSON. */
export function answer(statusCode: number, body: string, headers: Headers = {}): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode,
    headers: { 'content-type': 'application/json; charset=utf-8', ...always, ...headers },
    body,
  }
}

/** Seconds after which trying again is worth it. */
export const retryAfterSeconds = 1

/** The answer to a request that was refused before anything was executed. */
export function refuse(thrown: unknown, headers: Headers = {}): APIGatewayProxyStructuredResultV2 {
  const error = appErrorOf(thrown)
  const body = JSON.stringify({ errors: [publicError({ message: '' }, error)] })
  const wait: Headers = error.code === 'UNAVAILABLE' ? { 'retry-after': String(retryAfterSeconds) } : {}
  return answer(statusOf(error), body, { ...wait, ...headers })
}
