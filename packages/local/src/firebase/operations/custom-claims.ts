/** Custom claims: JSON that the project's backend stores with an account. */
import { apiError } from '../api-error.ts'

/** Claims of the token itself (https://firebase.google.com/docs/auth/admin/custom-claims). */
const reserved =
  'acr amr at_hash aud auth_time azp cnf c_hash email email_verified exp firebase iat iss jti nbf nonce sub user_id'.split(
    ' ',
  )

/** Members that a parser could take for the prototype; `identity` refuses tokens with them. */
const dangerous = ['__proto__', 'constructor', 'prototype']

/** Whether a member at any depth has a dangerous name, as the parser has read it: an escape hides none. */
function hasDangerousName(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([name, member]) => dangerous.includes(name) || hasDangerousName(member))
}

/** Characters of the JSON, as in Firebase. They limit its depth too. */
const charactersMax = 1_000

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw apiError('INVALID_CLAIMS')
  }
}

/**
 * Checks the JSON of custom claims.
 * @throws ApiError CLAIMS_TOO_LARGE, INVALID_CLAIMS, FORBIDDEN_CLAIM
 */
export function assertCustomClaims(text: string): void {
  if (text.length > charactersMax) throw apiError('CLAIMS_TOO_LARGE')
  const claims = parse(text)
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) throw apiError('INVALID_CLAIMS')
  if (reserved.some((name) => Object.hasOwn(claims, name))) throw apiError('FORBIDDEN_CLAIM')
  if (hasDangerousName(claims)) throw apiError('INVALID_CLAIMS')
}
