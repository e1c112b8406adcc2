/**
 * The verdict of the gateway's authorizer on a credential, and how the function behind the gateway compares it with its
 * own. Each of the two verifies the credential independently.
 */

/** The result of one verification. */
export type Verdict =
  /** `anonymous`: no credential. `form`: an opaque token of good form, which the function alone can look up. */
  | { readonly verdict: 'anonymous' | 'form' }
  /** The credential is valid. `id` is the id of its principal. */
  | { readonly verdict: 'ok'; readonly id: string }
  /** The credential is refused. `code` is the reason, for logs: a row of `refusals` of `@fieldnotes/identity`. */
  | { readonly verdict: 'refused'; readonly code: string }
  /** The credential could not be judged: keys or revocations are out of reach. */
  | { readonly verdict: 'unavailable' }
  /** The credential was not judged, because of a bug. */
  | { readonly verdict: 'failed' }

/** An opaque token as our issuer makes them: 256 random bits as base64url. Every other accepted token has dots. */
const opaqueForm = '[\\w-]{43}'
const opaqueToken = new RegExp(`^${opaqueForm}$`)
const opaqueHeader = new RegExp(`^(?:bearer|dpop) +${opaqueForm}$`, 'i')

/** Whether a text has the form of an opaque token. Says nothing about its validity. */
export function isOpaqueToken(token: string): boolean {
  return opaqueToken.test(token)
}

/** Whether an `Authorization` header has an opaque token of good form. Says nothing about its validity. */
export function hasOpaqueToken(authorization: string | undefined): boolean {
  return authorization !== undefined && opaqueHeader.test(authorization)
}

const plainVerdicts = ['anonymous', 'form', 'unavailable', 'failed'] as const

/**
 * Parses what API Gateway passes as `requestContext.authorizer.lambda`. Undefined for anything but a verdict, which is
 * then missing.
 */
export function parseVerdict(context: unknown): Verdict | undefined {
  if (typeof context !== 'object' || context === null) return undefined
  const { verdict, id, code } = context as Readonly<Record<string, unknown>>
  if (verdict === 'ok') return typeof id === 'string' && id !== '' ? { verdict, id } : undefined
  if (verdict === 'refused') return typeof code === 'string' && code !== '' ? { verdict, code } : undefined
  const plain = plainVerdicts.find((each) => each === verdict)
  return plain && { verdict: plain }
}

/**
 * Reasons for which one of two verifications may refuse what the other accepts, without a fault in either: they run at
 * different moments, and their copies of key sets and revocations have different ages. A new key is unknown to one of
 * them for 10 seconds at most, and a removed one to the other for 300: these refusals are counted by the alarm
 * KeyFlood. A DPoP proof is consumed by the function alone, so that only the function refuses one that was used. A
 * claim that is wrong at any time, such as `auth_time_invalid`, is not among them.
 */
export const passingReasons: readonly string[] = [
  'expired',
  'issued_ahead',
  'key_unknown',
  'not_yet_valid',
  'proof_ahead',
  'proof_stale',
  'proof_used',
  'revoked',
  'signed_in_ahead',
]

/**
 * `same`: both have one result. `passing`: one refuses for a reason that passes, or has no result: an outage or a bug.
 * `missing`: there is no verdict. `differs`: the two contradict each other, as after an attack or a fault in one of
 * them.
 */
export type Agreement = 'same' | 'passing' | 'missing' | 'differs'

/** Compares the gateway's verdict with the function's own. Only `same` lets a request pass. */
export function agreementOf(gate: Verdict | undefined, own: Verdict): Agreement {
  if (gate === undefined) return 'missing'
  if (gate.verdict === 'ok' && own.verdict === 'ok') return gate.id === own.id ? 'same' : 'differs'
  if (gate.verdict === own.verdict) return 'same'
  return passes(gate, own) || passes(own, gate) ? 'passing' : 'differs'
}

function passes(one: Verdict, other: Verdict): boolean {
  if (one.verdict === 'unavailable' || one.verdict === 'failed') return true
  return one.verdict === 'refused' && other.verdict === 'ok' && passingReasons.includes(one.code)
}
