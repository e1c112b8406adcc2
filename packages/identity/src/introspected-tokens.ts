/** Tokens that are no JWTs: they are looked up where they were issued, and remembered for 5 seconds. */
import { AppError } from '@fieldnotes/core/error'
import type { Log } from '@fieldnotes/core/log'
import type { Service, User } from '@fieldnotes/core/principal'
import { fixedBounds, introspectionBounds } from './bounds.ts'
import { createFreshCopy } from './fresh-copy.ts'
import type { Introspect } from './introspect.ts'
import { rememberIn } from './principal/bounded-map.ts'
import { isRefusal, type Refusal, refuse, undecided } from './refusals.ts'
import { isJsonObject, type JsonObject } from './token/strict-json.ts'

/** What `createIntrospectedTokens` needs. */
export interface IntrospectedTokensOptions {
  readonly introspect: Introspect
  /** Makes the principal of claims. @throws UNAUTHENTICATED */
  readonly judge: (claims: JsonObject) => User | Service
  /** Returns milliseconds since the epoch. */
  readonly clock: () => number
  readonly log: Log
}

/** The result of one look-up. */
type Judged = { readonly principal: User | Service } | { readonly refusal: Refusal }

type LookUp = () => Judged | Promise<Judged>

/** Whether a token can't be a JWT, which has dots (RFC 7515 §3.1). */
export function isOpaque(token: string): boolean {
  return !token.includes('.')
}

/**
 * Returns the function that gives the principal of an opaque token. What was found is used for 5 seconds, and so is
 * that nothing was found: one token costs one look-up in that time, which concurrent callers share. Tokens without a
 * principal have a memory of their own, so that no number of invented ones makes a valid one forgotten.
 * @throws UNAUTHENTICATED for a token that its issuer does not know, and for claims that a check refuses; UNAVAILABLE
 * where the look-up fails, takes more than 2 seconds, or failed within the last second
 */
export function createIntrospectedTokens(options: IntrospectedTokensOptions) {
  const { introspect, judge, clock, log } = options
  const { tokensMax } = introspectionBounds
  const valid = new Map<string, LookUp>()
  const others = new Map<string, LookUp>()

  const begin = (token: string): LookUp => {
    const lookUp: LookUp = createFreshCopy({
      read: async () => judgeAnswer(await introspect(token), judge),
      clock,
      bounds: introspectionBounds,
      onRead: (judged) => keep(token, lookUp, judged),
      failed: 'identity.introspection_failed',
      outage: 'introspection_failed',
      log,
    })
    rememberIn(others, token, lookUp, tokensMax)
    return lookUp
  }
  const keep = (token: string, lookUp: LookUp, judged: Judged) => {
    const [kept, left] = 'principal' in judged ? [valid, others] : [others, valid]
    left.delete(token)
    rememberIn(kept, token, lookUp, tokensMax)
  }

  return async (token: string): Promise<User | Service> => {
    if (token.length > fixedBounds.opaqueCharsMax) return refuse('token_too_long')
    const lookUp = valid.get(token) ?? others.get(token) ?? begin(token)
    return principalIn(await closed(lookUp), clock() / 1000)
  }
}

/** @throws Error for an answer that is neither claims nor undefined */
function judgeAnswer(answer: unknown, judge: IntrospectedTokensOptions['judge']): Judged {
  if (answer === undefined) return { refusal: 'token_unknown' }
  if (!isJsonObject(answer)) throw new Error('an introspection without claims')
  if ('active' in answer && answer.active !== true) return { refusal: 'token_unknown' }
  try {
    return { principal: judge(answer) }
  } catch (error) {
    if (error instanceof AppError && isRefusal(error)) return { refusal: error.reason as Refusal }
    throw error
  }
}

/** `exp` is compared at each use: a token may expire while it is remembered. */
function principalIn(judged: Judged, now: number): User | Service {
  if ('refusal' in judged) return refuse(judged.refusal)
  return now < judged.principal.expiresAt ? judged.principal : refuse('expired')
}

async function closed(lookUp: LookUp): Promise<Judged> {
  try {
    return await lookUp()
  } catch (error) {
    return undecided('introspection_failed', error)
  }
}
