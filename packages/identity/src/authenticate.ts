/** The ordered checks from headers to a principal. */
import { anonymous, type Principal, type Service, type User } from '@fieldnotes/core/principal'
import type { Bounds } from './bounds.ts'
import type { TrustedIssuer } from './issuers/trusted-issuers.ts'
import type { Key } from './keys/key.ts'
import { assertSignature } from './keys/signature.ts'
import { principalOf } from './principal/create-principal.ts'
import { createVerifiedTokens, type Verified } from './principal/verified-tokens.ts'
import { refuse } from './refusals.ts'
import { authorizationOf, type Headers, parseBearer, uncheckedToken } from './token/bearer.ts'
import { assertClaims, assertForm } from './token/claims.ts'
import { parseCompactJws } from './token/compact-jws.ts'
import { assertHeader } from './token/protected-header.ts'
import type { JsonObject } from './token/strict-json.ts'

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
export function createAuthenticate({ issuers, bounds, clock }: Trust): Authenticate {
  const verified = createVerifiedTokens(bounds.verifiedTokensMax)
  const now = () => clock() / 1000

  const recall = (token: string | undefined, stands: (found: Verified) => boolean): User | Service | undefined => {
    const found = token === undefined ? undefined : verified.get(token)
    return found !== undefined && now() < found.principal.expiresAt && stands(found) ? found.principal : undefined
  }

  const verify = async (token: string): Promise<User | Service> => {
    const { header, claims } = parseCompactJws(token, bounds.jsonDepthMax)
    const issuer = issuerOf(claims, issuers)
    const kid = assertHeader(header, issuer.profile)
    assertForm(claims)
    const key = await issuer.keys.find(kid)
    return recall(token, (found) => found.key === key) ?? judge({ token, claims, issuer, key })
  }

  const judge = ({ token, claims, issuer, key }: Candidate): User | Service => {
    assertSignature(token, key, issuer.profile)
    assertClaims(claims, issuer.profile, { now: now(), lifetimeSecondsMax: issuer.lifetimeSecondsMax, bounds })
    const principal = principalOf(claims, issuer)
    verified.add({ token, principal, key, keys: issuer.keys })
    return principal
  }

  return async (headers) => {
    const authorization = authorizationOf(headers)
    if (authorization === undefined) return anonymous
    const known = recall(uncheckedToken(authorization), ({ keys, key }) => keys.trusts(key))
    return known ?? verify(parseBearer(authorization, bounds.tokenCharsMax))
  }
}

/** A token of good form, and what must bear it out. */
interface Candidate {
  readonly token: string
  readonly claims: JsonObject
  readonly issuer: TrustedIssuer
  readonly key: Key
}

function issuerOf({ iss }: JsonObject, issuers: Trust['issuers']): TrustedIssuer {
  return (typeof iss === 'string' ? issuers.get(iss) : undefined) ?? refuse('issuer_unknown')
}
