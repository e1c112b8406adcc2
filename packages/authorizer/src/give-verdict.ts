/** An event of API Gateway in, a verdict on its credential out. */
import { AppError } from '@fieldnotes/core/error'
import type { Log } from '@fieldnotes/core/log'
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

/** Returns the verdict on an event. It never throws: API Gateway would answer 500 in the place of the function. */
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
  return async ({ headers = {}, requestContext: { requestId } }) => {
    const { verdict, reason, cause } = await judge(authenticate, headers)
    if (reason !== undefined) log(cause === undefined ? 'info' : 'error', 'gate', { requestId, reason, cause })
    return { isAuthorized: !(gateDenies && verdict.verdict === 'refused'), context: verdict }
  }
}

/** A verdict, with what the log says of it. */
interface Judgement {
  readonly verdict: Verdict
  readonly reason?: string
  readonly cause?: string | undefined
}

async function judge(
  authenticate: Identity['authenticate'],
  headers: Readonly<Record<string, string | undefined>>,
): Promise<Judgement> {
  if (hasOpaqueToken(headers.authorization)) return { verdict: { verdict: 'form' } }
  try {
    const principal = await authenticate(headers)
    return { verdict: principal.kind === 'anonymous' ? { verdict: 'anonymous' } : { verdict: 'ok', id: principal.id } }
  } catch (error) {
    return refused(error)
  }
}

function refused(error: unknown): Judgement {
  if (!(error instanceof AppError))
    return { verdict: { verdict: 'unavailable' }, reason: 'unexpected', cause: textOf(error) }
  const { code, reason, cause } = error
  if (code === 'UNAUTHENTICATED') return { verdict: { verdict: 'refused', code: reason }, reason }
  return { verdict: { verdict: 'unavailable' }, reason, cause: textOf(cause ?? error) }
}

function textOf(cause: unknown): string {
  return cause instanceof Error ? String(cause.stack) : 'thrown without an Error'
}
