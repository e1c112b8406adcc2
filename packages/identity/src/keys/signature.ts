/** The one file that knows aws-jwt-verify: signature, `iss` and `aud` of a token whose form is already judged. */
import { JwtInvalidAudienceError, JwtInvalidSignatureAlgorithmError } from 'aws-jwt-verify/error'
import { verifyJwtSync } from 'aws-jwt-verify/jwt-verifier'
import { type Refusal, refuse } from '../refusals.ts'
import type { Profile } from '../token/token-profile.ts'
import type { Key } from './key.ts'

/**
 * Time is left to our own rules, because the library knows only the machine's clock.
 * Its messages quote claims, so that nothing of them goes on.
 * @throws UNAUTHENTICATED
 */
export function assertSignature(token: string, key: Key, profile: Profile): void {
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
