/** An event of API Gateway in, a verdict on its credential out. */
import { AppError } from '@fieldnotes/core/error'
import type { Log } from '@fieldnotes/core/log'
import type { Principal } from '@fieldnotes/core/principal'
import { hasOpaqueToken, type Verdict } from '@fieldnotes/core/verdict'
import type { Identity } from '@fieldnotes/identity/identity'
import type { APIGatewayRequestAuthorizerEventV2 } from 'aws-lambda'

/** What API Gateway sends. It has no body. */
export type AuthorizerEvent = Pick<APIGatewayRequestAuthorizerEventV2, 'headers' | 'requestContext'>

/** A simple response. API Gateway passes `context` to the function as `requestContext.authorizer.lambda`. */
export interface Answer {
  readonly isAuthorized: boolean
  readonly context: Verdict
}

/**
 * Returns the verdict on an event. It never throws, whatever the event is: API Gateway would answer 500 in the place of
 * the function.
 */
export type Authorizer = (event: AuthorizerEvent) => Promise<Answer>

interface VerdictOptions {
  /** Whether a refused credential is denied by the gateway, with a bare 403. */
  readonly gateDenies: boolean
  readonly log: Log
}

/**
 * Returns the authorizer of an identity. It denies nothing unless `gateDenies` is true: a refused credential is a
 * verdict, because only the function can answer 401 with `WWW-Authenticate`.
 */
export function createGiveVerdict(
  { authenticate }: Pick<Identity, 'authenticate'>,
  { gateDenies, log }: VerdictOptions,
): Authorizer {
  const refuse = (error: unknown, requestId: string | undefined): Answer => {
    const { verdict, reason, cause } = judgementOf(error)
    const isDenied = gateDenies && verdict.verdict === 'refused'
    // A denied request never reaches the function: its line is the one that the function would write, and is counted.
    if (isDenied) log('info', 'refused', { requestId, code: 'UNAUTHENTICATED', reason })
    else log(cause === undefined ? 'info' : 'error', 'gate', { requestId, reason, cause })
    return { isAuthorized: !isDenied, context: verdict }
  }
  // One function: each more that is async would double what a remembered token costs.
  return async (event) => {
    try {
      const headers = headersOf(event)
      if (hasOpaqueToken(headers.authorization)) return { isAuthorized: true, context: { verdict: 'form' } }
      return { isAuthorized: true, context: verdictOf(await authenticate(headers, presentationOf(event))) }
    } catch (error) {
      return refuse(error, requestIdOf(event))
    }
  }
}

/** What a DPoP proof is compared with. Without a method no proof is accepted. */
function presentationOf({ requestContext }: AuthorizerEvent): { readonly method?: string } {
  const method: unknown = requestContext?.http?.method
  return typeof method === 'string' ? { method } : {}
}

/** @throws Error without headers: each HTTP request has a `Host`, so that this is no anonymous request. */
function headersOf({ headers }: AuthorizerEvent): NonNullable<AuthorizerEvent['headers']> {
  if (typeof headers === 'object' && headers !== null && !Array.isArray(headers)) return headers
  throw new Error('an event without headers')
}

function verdictOf(principal: Principal): Verdict {
  return principal.kind === 'anonymous' ? { verdict: 'anonymous' } : { verdict: 'ok', id: principal.id }
}

/** The verdict after an error, with what the log says of it. */
interface Judgement {
  readonly verdict: Verdict
  readonly reason: string
  readonly cause?: string | undefined
}

function judgementOf(error: unknown): Judgement {
  if (!(error instanceof AppError) || error.code === 'INTERNAL')
    return { verdict: { verdict: 'failed' }, reason: 'unexpected', cause: textOf(error) }
  const { code, reason, cause } = error
  if (code === 'UNAUTHENTICATED') return { verdict: { verdict: 'refused', code: reason }, reason }
  return { verdict: { verdict: 'unavailable' }, reason, cause: textOf(cause ?? error) }
}

function textOf(cause: unknown): string {
  return cause instanceof Error ? String(cause.stack) : 'thrown without an Error'
}

function requestIdOf(event: AuthorizerEvent | null | undefined): string | undefined {
  const requestId: unknown = event?.requestContext?.requestId
  return typeof requestId === 'string' ? requestId : undefined
}
