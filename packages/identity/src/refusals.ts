/**
 * Every reason for which a credential is refused or can't be judged. Reasons go to the log; clients get one generic
 * answer.
 */
import { AppError } from '@fieldnotes/core/error'

/**
 * Reasons of UNAUTHENTICATED, each with its meaning.
 * @example
 * ```ts
 * import { AppError } from '@fieldnotes/core/error'
 * import { type Refusal, refusals } from '@fieldnotes/identity/refusals'
 *
 * const isRefusal = (reason: string): reason is Refusal => Object.hasOwn(refusals, reason)
 * const meaningOf = ({ reason }: AppError) => (isRefusal(reason) ? refusals[reason] : undefined)
 * meaningOf(new AppError('UNAUTHENTICATED', 'expired')) // '`exp` is in the past'
 * ```
 */
export const refusals = {
  authorization_repeated: 'more than one Authorization header',
  authorization_malformed: 'spaces and exactly one token do not follow the scheme (RFC 6750 §2.1)',
  scheme_unsupported: 'no scheme, or one other than Bearer and, where proofs are accepted, DPoP',
  token_too_long: 'longer than the bound',
  token_unknown: 'an opaque token that its issuer does not know, or no longer (RFC 7662 §2.2)',
  token_malformed: 'not three non-empty base64url segments (RFC 7515 §3.1)',
  base64url_not_canonical: 'unused bits are not zero (RFC 4648 §3.5)',
  utf8_invalid: 'not UTF-8 (RFC 7515 §5.2)',
  json_invalid: 'not JSON (RFC 8259)',
  json_not_object: 'JSON, but not an object',
  json_member_repeated: 'one member twice (RFC 8725 §2.4, RFC 7519 §4)',
  json_member_dangerous: 'a member named `__proto__`, `constructor` or `prototype`',
  json_too_deep: 'nested beyond the bound',
  header_member_forbidden: 'a critical extension, an unencoded payload, or a key or its URL in the header',
  header_kid_invalid: '`kid` is missing, or not a short printable ASCII string',
  header_alg_unexpected: '`alg` is missing, `none`, or not one of the issuer’s algorithms',
  header_typ_unexpected: 'another kind of token (RFC 8725 §3.11)',
  issuer_unknown: 'no configured issuer has this `iss`',
  key_unknown: 'the issuer has no key with this `kid`',
  signature_invalid: 'the signature does not match, or has another algorithm’s form',
  exp_invalid: '`exp` is missing or not whole seconds',
  iat_invalid: '`iat` is missing or not whole seconds',
  nbf_invalid: '`nbf` is not whole seconds',
  expired: '`exp` is in the past',
  issued_ahead: '`iat` is in the future',
  not_yet_valid: '`nbf` is in the future',
  lifetime_not_positive: '`exp` is not after `iat`',
  lifetime_too_long: '`exp - iat` is above the bound',
  auth_time_invalid: '`auth_time` is missing where it is required, not whole seconds, or after `iat`',
  signed_in_ahead: '`auth_time` is in the future',
  subject_invalid: '`sub` is missing, empty, too long, or not printable ASCII',
  token_id_invalid: '`jti` is missing where it is required, or not a short printable ASCII string',
  sender_constrained:
    'bound to a key (RFC 7800): sent as a bearer token, or by another method than `jkt` (RFC 9449 §6.1)',
  not_sender_constrained: 'sent with the scheme DPoP, but not bound to a key (RFC 9449 §7.1)',
  audience_wrong: 'issued for another audience, or for others besides this API',
  client_unknown: '`client_id` is missing or not a configured client',
  token_use_wrong: 'a Cognito token that is not an access token',
  tenant_wrong: 'another Identity Platform tenant',
  provider_unacceptable: 'an anonymous Firebase account',
  identity_contradictory: 'two claims that name different callers',
  scope_invalid: '`scope` is not a string',
  groups_invalid: 'groups are not a list of short strings',
  groups_too_many: 'more groups than the bound',
  login_id_invalid: 'the sign-in is not named where that is required, or its name is not short printable ASCII',
  actor_invalid: '`act` has an actor without a short printable ASCII `sub`, or more than three (RFC 8693 §4.1)',
  account_disabled: 'the account is disabled',
  account_deleted: 'the account was deleted',
  login_revoked: 'the person was signed out everywhere after this sign-in',
  proof_missing: 'no DPoP header beside the scheme DPoP (RFC 9449 §4.3)',
  proof_repeated: 'more than one DPoP header',
  proof_too_long: 'a proof longer than the bound',
  proof_malformed: 'a proof that is not a compact JWS of two JSON objects in their one encoding',
  proof_header_invalid: '`typ` is not dpop+jwt, `alg` is not accepted, or a member that is not supported',
  proof_key_invalid: '`jwk` is not one public P-256 key',
  proof_id_invalid: '`jti` is missing, or not a short printable ASCII string',
  proof_method_wrong: '`htm` is not the method of the request',
  proof_target_wrong: '`htu` is not the configured URL of what was requested',
  proof_token_wrong: '`ath` is not the hash of the token',
  proof_time_invalid: '`iat` is missing, or `iat`, `nbf` or `exp` is not whole seconds',
  proof_ahead: '`iat` or `nbf` is in the future',
  proof_stale: '`iat` is too old, or `exp` is in the past',
  proof_key_other: 'the key of the proof is not the one to which the token is bound',
  proof_signature_invalid: 'the signature of the proof does not match',
  proof_used: 'the proof was used before (RFC 9449 §11.1)',
  revoked: 'the person, the sign-in, the token, the app, the client or the key was revoked',
} as const

/** The reason of an UNAUTHENTICATED error. */
export type Refusal = keyof typeof refusals

/**
 * Reasons of UNAVAILABLE: the credential could not be judged, and the caller may try again.
 * @example
 * ```ts
 * import { outages } from '@fieldnotes/identity/refusals'
 *
 * for (const [reason, meaning] of Object.entries(outages)) console.log(`${reason}: ${meaning}`)
 * ```
 */
export const outages = {
  keys_unreachable: 'no usable answer from the key server, and no key set that is young enough',
  keys_no_answer: 'the key server was not reached, was late, or redirected',
  keys_status: 'the key server did not answer with 200',
  keys_too_large: 'the key set is larger than the bound',
  keys_malformed: 'the key server’s answer is not a key set',
  keys_too_many: 'the key set has more keys than the bound',
  keys_ambiguous: 'the key set has two keys with one `kid`',
  keys_empty: 'the key set has no keys, and has had some within the time that a set is fresh',
  online_check_failed: 'the issuer did not answer whether the account is in order',
  firebase_admin_missing: 'an issuer has `onlineCheck: true`, but the package firebase-admin is not installed',
  proofs_unavailable: 'it could not be decided whether the proof was used before',
  group_policies_unavailable: 'the policies of groups could not be read',
  introspection_failed: 'an opaque token could not be looked up',
  revocations_unavailable: 'the list of revocations could not be read',
} as const

/** The reason of an UNAVAILABLE error. */
export type Outage = keyof typeof outages

/**
 * Throws a refusal without token, claim or library message. @throws UNAUTHENTICATED
 * @internal
 */
export function refuse(reason: Refusal): never {
  throw new AppError('UNAUTHENTICATED', reason)
}

/** The reasons that concern a DPoP proof. */
export type ProofRefusal = Extract<Refusal, `proof_${string}`>

/**
 * Throws the refusal of a proof: the client must make another one, and no new sign-in helps. @throws UNAUTHENTICATED
 * @internal
 */
export function refuseProof(reason: ProofRefusal): never {
  throw new AppError('UNAUTHENTICATED', reason, { message: 'The DPoP proof is not accepted.', remedy: undefined })
}

/**
 * Whether the error refuses a DPoP proof, as opposed to a token.
 * @internal
 */
export function isProofRefusal(error: AppError): boolean {
  return isRefusal(error) && error.reason.startsWith('proof_')
}

/**
 * Throws an outage. `cause` is for the log. @throws UNAVAILABLE
 * @internal
 */
export function unavailable(reason: Outage, cause?: Error): never {
  throw new AppError('UNAVAILABLE', reason, { cause })
}

/**
 * Throws the outage of a step that has failed, which is the error itself where the step has thrown this outage. The
 * cause is for the log. @throws UNAVAILABLE
 * @internal
 */
export function undecided(reason: Outage, error: unknown): never {
  if (error instanceof AppError && error.code === 'UNAVAILABLE' && error.reason === reason) throw error
  return unavailable(reason, error instanceof Error ? error : undefined)
}

/**
 * Whether the error refuses a credential that was sent, as opposed to a missing credential.
 * @internal
 */
export function isRefusal(error: AppError): boolean {
  return error.code === 'UNAUTHENTICATED' && Object.hasOwn(refusals, error.reason)
}
