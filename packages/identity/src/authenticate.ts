/** The ordered checks from headers to a principal. */
import { anonymous, type Principal, type Service, type User } from '@fieldnotes/core/principal'
import { bearer, type Headers } from './bearer.ts'
import type { Bounds } from './bounds.ts'
import { assertClaims, assertForm } from './claims.ts'
import { type CompactJws, parseCompactJws } from './compact-jws.ts'
import type { Key } from './key.ts'
import { principalOf } from './principal-of.ts'
import { assertHeader } from './protected-header.ts'
import { refuse } from './refusal.ts'
import { assertSignature } from './signature.ts'
import type { TrustedIssuer } from './trusted-issuers.ts'
import { createVerifiedTokens, type Verified } from './verified-tokens.ts'

export interface Trust {
  readonly issuers: ReadonlyMap<string, TrustedIssuer>
  readonly bounds: Bounds
  /** Milliseconds since the epoch. */
  readonly clock: () => number
}

/**
 * Who calls, by the `Authorization` header alone; `anonymous` when there is none.
 * @throws UNAUTHENTICATED for every credential that is not wholly in order; UNAVAILABLE when keys are out of reach
 */
export type Authenticate = (headers: Headers) => Promise<Principal>

/** One token gives one and the same frozen principal for as long as it is remembered. */
export const createAuthenticate = ({ issuers, bounds, clock }: Trust): Authenticate => {
  const verified = createVerifiedTokens(bounds.verifiedTokensMax)
  const now = () => clock() / 1000

  const remembered = (token: string, stands: (found: Verified) => boolean): User | Service | undefined => {
    const found = verified.get(token)
    return found !== undefined && stands(found) && now() < found.principal.expiresAt ? found.principal : undefined
  }

  const verify = async (token: string): Promise<User | Service> => {
    const jws = parseCompactJws(token, bounds.jsonDepthMax)
    const issuer = issuerOf(jws, issuers)
    const kid = assertHeader(jws.header, issuer.profile)
    assertForm(jws.claims)
    const key = await issuer.keys.find(kid)
    return remembered(token, (found) => found.key === key) ?? judge(token, jws, { issuer, key })
  }

  const judge = (token: string, { claims }: CompactJws, { issuer, key }: { issuer: TrustedIssuer; key: Key }) => {
    assertSignature(token, key, issuer.profile)
    assertClaims(claims, issuer.profile, { now: now(), lifetimeSecondsMax: issuer.lifetimeSecondsMax, bounds })
    const principal = principalOf(claims, issuer)
    verified.add(token, { principal, key, keys: issuer.keys })
    return principal
  }

  return async (headers) => {
    const token = bearer(headers, bounds.tokenCharsMax)
    if (token === undefined) return anonymous
    return remembered(token, ({ keys, key }) => keys.trusts(key)) ?? verify(token)
  }
}

const issuerOf = ({ claims: { iss } }: CompactJws, issuers: Trust['issuers']): TrustedIssuer =>
  (typeof iss === 'string' ? issuers.get(iss) : undefined) ?? refuse('issuer_unknown')
