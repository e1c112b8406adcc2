/** Calls of the next service for the caller: the token that they need is exchanged here, and no resolver sees it. */
import { NoAnswer } from '@fieldnotes/client/no-answer'
import { parseObject, send } from '@fieldnotes/client/send'
import { ExchangeRefused, exchangeToken } from '@fieldnotes/client/token-exchange'
import { AppError } from '@fieldnotes/core/error'
import type { Log } from '@fieldnotes/core/log'
import type { Principal } from '@fieldnotes/core/principal'
import type { DownstreamConfig } from '../config/config.ts'

/** A service that the endpoint calls. */
export type DownstreamName = 'exporter'

/** What a service answered. `body` is undefined for an answer without a JSON object. */
export interface DownstreamAnswer {
  readonly status: number
  readonly location: string | null
  /** Seconds of its `retry-after`. */
  readonly retrySeconds: number | undefined
  readonly body: Readonly<Record<string, unknown>> | undefined
}

/** Sends a request without a body to a path below the service. @throws UNAVAILABLE when the service does not answer */
export type CallDownstream = (method: 'GET' | 'POST', path: string) => Promise<DownstreamAnswer>

/**
 * Exchanges the caller's token for one for a service with these scopes, and returns what calls the service with it.
 * @throws FORBIDDEN for a caller without a token (SigV4), and for a token that the issuer does not exchange, which
 * includes each that is bound to a key of the client (DPoP); UNAUTHENTICATED for the anonymous caller; UNAVAILABLE when
 * the issuer does not answer
 */
export type ExchangeFor = (target: DownstreamName, scopes: readonly string[]) => Promise<CallDownstream>

/** The caller, and the credential as the client sent it. */
export interface Subject {
  readonly principal: Principal
  readonly authorization: string | undefined
}

/** What exchanges need. */
export interface ExchangeParts {
  readonly downstream: DownstreamConfig | undefined
  readonly log: Log
  /** Milliseconds since the epoch. */
  readonly clock: () => number
}

/** Milliseconds for an exchange, and for a call: an exporter works for 5 seconds before it answers. */
const exchangeMs = 3000
const callMs = 10_000

/** Milliseconds for all exchanges and calls of one request together; the function itself has 15 seconds. */
const requestMs = 12_000

/**
 * Longest age of a sign-in that the issuer exchanges where the provider renews tokens without the person (Firebase).
 */
const signInSecondsMax = 3600

/** The exchanges of one request, which share its time: what is begun after it is UNAVAILABLE, and sends nothing. */
export function createExchangeFor(parts: ExchangeParts, { principal, authorization = '' }: Subject): ExchangeFor {
  const { downstream, log, clock } = parts
  const end = clock() + requestMs
  const atMost = (millis: number) => millisLeft(end - clock(), millis)
  return async (target, scopes) => {
    if (principal.kind === 'anonymous') throw new AppError('UNAUTHENTICATED', 'no caller')
    assertExchangeable(principal)
    if (!downstream) throw new AppError('UNAVAILABLE', 'no downstream service is configured')
    const { tokenEndpoint, clientId, clientSecret } = downstream
    const client = { tokenEndpoint, clientId, clientSecret, millisMax: atMost(exchangeMs) }
    const resource = downstream[target]
    try {
      const { token } = await exchangeToken(authorization.replace(/^bearer +/i, ''), { resource, scopes }, client)
      return async (method, path) => call(resource + path, { method, token, millisMax: atMost(callMs) })
    } catch (error) {
      throw refusalOf(error, principal, clock() / 1000, log)
    }
  }
}

/** The issuer exchanges a bound token only with a proof of its key, which the client alone can make (RFC 9449). */
function assertExchangeable({ via, boundTo }: Caller): void {
  if (via === 'iam') throw new AppError('FORBIDDEN', 'a signed request has no token', { remedy: undefined })
  if (boundTo === undefined) return
  const message = 'A token that is bound to a key can’t be exchanged for this. Use a bearer token.'
  throw new AppError('FORBIDDEN', 'a bound token is not exchanged', { message, remedy: undefined })
}

/** @throws UNAVAILABLE when nothing is left */
function millisLeft(left: number, millis: number): number {
  if (left <= 0) throw new AppError('UNAVAILABLE', 'no time is left for the next service')
  return Math.min(left, millis)
}

/** One request. */
interface Call {
  readonly method: 'GET' | 'POST'
  readonly token: string
  readonly millisMax: number
}

async function call(url: string, { method, token, millisMax }: Call): Promise<DownstreamAnswer> {
  try {
    const init = { method, headers: { authorization: `Bearer ${token}`, accept: 'application/json' } }
    const sent = await send(url, init, { millisMax })
    const { status, headers, retrySeconds } = sent
    const body = sent.text === '' ? undefined : parseObject(sent)
    return { status, location: headers.get('location'), retrySeconds, body }
  } catch (cause) {
    throw cause instanceof NoAnswer ? new AppError('UNAVAILABLE', 'downstream_silent', { cause }) : cause
  }
}

type Caller = Exclude<Principal, { readonly kind: 'anonymous' }>

/** A refusal of the issuer: of this token, or of our own client, which is a fault of the deployment. */
function refusalOf(error: unknown, { authenticatedAt }: Caller, now: number, log: Log): unknown {
  if (error instanceof NoAnswer) return new AppError('UNAVAILABLE', 'exchange_silent', { cause: error })
  if (!(error instanceof ExchangeRefused)) return error
  if (error.code !== 'invalid_request') {
    log('error', 'exchange.refused', { code: error.code })
    return new AppError('UNAVAILABLE', `exchange refused: ${error.code}`)
  }
  const isOld = authenticatedAt === undefined || now - authenticatedAt > signInSecondsMax
  const remedy = isOld ? ({ kind: 'STEP_UP', maxAge: signInSecondsMax } as const) : undefined
  return new AppError('FORBIDDEN', 'this token is not exchanged', { remedy })
}
