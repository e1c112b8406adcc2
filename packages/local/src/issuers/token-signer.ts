/** Tokens of one local issuer with any claims: signs them, and verifies those that come back to the provider. */
import { createPublicKey, type JsonWebKey } from 'node:crypto'
import { errors, importJWK, jwtVerify, SignJWT } from 'jose'
import type { LocalIssuer } from './local-issuers.ts'
import type { Claims } from './token-claims.ts'

/** A token that the provider does not accept back. The message never contains the token. */
export class TokenFault extends Error {
  override readonly name = 'TokenFault'
  readonly reason: 'expired' | 'invalid'
  constructor(reason: TokenFault['reason']) {
    super(`the token is ${reason}`)
    this.reason = reason
  }
}

/** Signs and verifies tokens of one issuer. */
export interface TokenSigner {
  readonly sign: (claims: Claims) => Promise<string>
  /**
   * Verifies signature, issuer, audience and times. `now` is in milliseconds since the epoch.
   * @throws TokenFault
   */
  readonly verify: (token: string, now: number) => Promise<Claims>
}

const algorithm = 'RS256'

/** Tokens of `row`, with `typ: JWT`, for one audience. */
export function tokenSigner(row: LocalIssuer, audience: string): TokenSigner {
  const { issuer, privateJwk } = row
  const publicKey = createPublicKey({ key: privateJwk as JsonWebKey, format: 'jwk' })
  const options = { issuer, audience, algorithms: [algorithm], requiredClaims: ['sub', 'iat', 'exp', 'auth_time'] }
  return {
    async sign(claims) {
      return new SignJWT({ ...claims, iss: issuer, aud: audience })
        .setProtectedHeader({ alg: algorithm, kid: privateJwk.kid ?? '', typ: 'JWT' })
        .sign(await importJWK(privateJwk, algorithm))
    },
    async verify(token, now) {
      try {
        return (await jwtVerify(token, publicKey, { ...options, currentDate: new Date(now) })).payload
      } catch (error) {
        throw new TokenFault(error instanceof errors.JWTExpired ? 'expired' : 'invalid')
      }
    },
  }
}
