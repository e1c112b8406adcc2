/** Why a credential was not believed: a closed list, for the log only. The client sees one generic answer. */
import { AppError } from '@fieldnotes/core/error'

/** Reasons of UNAUTHENTICATED, with what each means. */
export const refusals = {
  authorization_repeated: 'more than one Authorization header',
  authorization_malformed: 'the scheme, but not spaces and one token behind it (RFC 6750 §2.1)',
  scheme_unsupported: 'no scheme, or another than Bearer',
  token_too_long: 'longer than the bound',
  token_malformed: 'not three non-empty base64url segments (RFC 7515 §3.1)',
  base64url_not_canonical: 'unused bits are not zero (RFC 4648 §3.5)',
  utf8_invalid: 'not UTF-8 (RFC 7515 §5.2)',
  json_invalid: 'not JSON (RFC 8259)',
  json_not_object: 'JSON, but not an object',
  json_member_repeated: 'a member twice (RFC 8725 §2.4, RFC 7519 §4)',
  json_member_dangerous: '`__proto__` and its like',
  json_too_deep: 'nested beyond the bound',
  header_member_forbidden: 'a critical extension, an unencoded payload, a key or its address in the header',
  header_kid_invalid: '`kid` missing or not a short plain string',
  header_alg_unexpected: '`alg` missing, none, or not the issuer’s',
  header_typ_unexpected: 'another kind of token (RFC 8725 §3.11)',
  issuer_unknown: 'no row for this `iss`',
  key_unknown: 'no such key at this issuer',
  signature_invalid: 'the signature does not match, or is not one of its algorithm',
  exp_invalid: '`exp` missing or not whole seconds',
  iat_invalid: '`iat` missing or not whole seconds',
  nbf_invalid: '`nbf` is not whole seconds',
  expired: '`exp` is past',
  issued_ahead: '`iat` is ahead',
  not_yet_valid: '`nbf` is ahead',
  lifetime_not_positive: '`exp` is not after `iat`',
  lifetime_too_long: 'lives longer than the bound',
  auth_time_invalid: '`auth_time` missing where demanded, not whole seconds, ahead, or after `iat`',
  subject_invalid: '`sub` missing, empty, too long or not plain',
  token_id_invalid: '`jti` missing where demanded, or not a short plain string',
  sender_constrained: 'bound to a key (RFC 7800), whose proof a bearer cannot give',
  audience_wrong: 'not for us, or not for us alone',
  client_unknown: '`client_id` missing or not ours',
  token_use_wrong: 'a Cognito token, but no access token',
  tenant_wrong: 'another tenant',
  provider_unacceptable: 'an anonymous Firebase account',
  identity_contradictory: 'two claims that name different callers',
  scope_invalid: '`scope` is not a string',
  groups_invalid: 'groups are not a list of short strings',
  groups_too_many: 'more groups than the bound',
  account_disabled: 'the account is disabled',
  account_deleted: 'the account is gone',
  login_revoked: 'signed out everywhere since this sign-in',
} as const

export type Refusal = keyof typeof refusals

/** Reasons of UNAVAILABLE: we could not decide, so that the caller may try again. */
export const outages = {
  keys_unreachable: 'no usable answer from the key server, and no key set young enough',
  keys_no_answer: 'the key server was not reached, was late, or redirected',
  keys_status: 'the key server did not answer 200',
  keys_too_large: 'the key set is larger than the bound',
  keys_malformed: 'what the key server sent is no key set',
  keys_too_many: 'the key set has more keys than the bound',
  keys_ambiguous: 'one `kid` for two keys',
  online_check_failed: 'the issuer did not tell whether the account still stands',
} as const

export type Outage = keyof typeof outages

/** Carries no token, claim or library message. @throws UNAUTHENTICATED */
export function refuse(reason: Refusal): never {
  throw new AppError('UNAUTHENTICATED', reason)
}

/** @throws UNAVAILABLE */
export function unavailable(reason: Outage): never {
  throw new AppError('UNAVAILABLE', reason)
}

/** Whether the error refuses a credential that was presented, and not the lack of one. */
export function isRefusal(error: AppError): boolean {
  return error.code === 'UNAUTHENTICATED' && Object.hasOwn(refusals, error.reason)
}
