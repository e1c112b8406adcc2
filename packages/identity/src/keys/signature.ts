/** Verifies signature, `iss` and `aud` of a token. The only file that imports aws-jwt-verify. */
import { JwtInvalidAudienceError, JwtInvalidSignatureAlgorithmError } from 'aws-jwt-verify/error'
import { verifyJwtSync } from 'aws-jwt-verify/jwt-verifier'
import { type Refusal, refuse } from '../refusals.ts'
import type { TokenProfile } from '../token/token-profile.ts'
import type { Key } from './key.ts'

/**
 * Requires a token whose form was checked. The library checks no time, because it can only read the machine's clock:
 * `token/claims.ts` does. Its error messages quote claims, so none is passed on.
 * @throws UNAUTHENTICATED
 */
export function assertSignature(token: string, key: Key, profile: TokenProfile): void {
  const expected = { issuer: [...profile.issuers], audience: profile.audience, graceSeconds: Number.POSITIVE_INFINITY }
  try {
    verifyJwtSync(token, key.jwk, expected, () => key.object)
  } catch (error) {
    refuse(reasons.find(([type]) => error instanceof type)?.[1] ?? 'signature_invalid')
  }
}

const reasons = [
  [JwtInvalidSignatureAlgorithmError, 'header_alg_unexpected'],
  [JwtInvalidAudienceError, 'audience_wrong'],
] as const satisfies readonly (readonly [abstract new (...args: never[]) => Error, Refusal])[]
