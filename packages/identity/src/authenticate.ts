/** The ordered checks that turn request headers into a principal. */
import type { Log } from '@fieldnotes/core/log'
import { anonymous, type Principal, type Service, type User } from '@fieldnotes/core/principal'
import { createAccept } from './accept.ts'
import type { Bounds } from './bounds.ts'
import type { AllowedScopes } from './groups/group-policies.ts'
import type { Introspect } from './introspect.ts'
import { createIntrospectedTokens, isOpaque } from './introspected-tokens.ts'
import type { TrustedIssuer } from './issuers/trusted-issuers.ts'
import type { Key } from './keys/key.ts'
import { assertSignature } from './keys/signature.ts'
import { createPrincipal } from './principal/create-principal.ts'
import { createVerifiedTokens, type VerifiedToken } from './principal/verified-tokens.ts'
import type { Presentation, Proofs } from './proof/proofs.ts'
import { assertBearer, createRequireProof } from './proof/require-proof.ts'
import { refuse } from './refusals.ts'
import type { IsRevoked } from './revocation/revocation-list.ts'
import { authorizationOf, type Headers, parseCredential, uncheckedToken } from './token/authorization.ts'
import { assertClaims, assertForm } from './token/claims.ts'
import { parseCompactJws } from './token/compact-jws.ts'
import { assertHeader } from './token/protected-header.ts'
import type { JsonObject } from './token/strict-json.ts'

/** What `createAuthenticate` needs. */
export interface AuthenticateOptions {
  /** Issuers by exact `iss`. */
  readonly issuers: ReadonlyMap<string, TrustedIssuer>
  readonly bounds: Bounds
  /** Returns milliseconds since the epoch. */
  readonly clock: () => number
  readonly log: Log
  /** Looks opaque tokens up. Undefined: they are refused. */
  readonly introspect: Introspect | undefined
  /** Called for every verified token, remembered ones included. Undefined: none is revoked. */
  readonly isRevoked: IsRevoked | undefined
  /** Called for every verified token, remembered ones included. Undefined: no scope is withheld. */
  readonly allowedScopes: AllowedScopes | undefined
  /** Undefined: no token that is bound to a key is accepted. */
  readonly proofs: Proofs | undefined
  /** This API's identifier. */
  readonly resource: string
}

/**
 * Returns the caller that the `Authorization` header names; `anonymous` when there is no such header. `presentation` is
 * what a DPoP proof is compared with.
 * @throws UNAUTHENTICATED for every credential that fails a check; UNAVAILABLE when the issuer's keys, an opaque token,
 * the revocations or the policies of groups can't be fetched, or when a proof can't be consumed
 */
export type Authenticate = (headers: Headers, presentation?: Presentation) => Promise<Principal>

/**
 * Builds `authenticate`. While a token is remembered, each request with it gets the same frozen principal, until other
 * scopes are allowed.
 */
export function createAuthenticate({ issuers, bounds, clock, ...options }: AuthenticateOptions): Authenticate {
  const { log, introspect, isRevoked, allowedScopes, proofs, resource } = options
  const accept = createAccept({ isRevoked, allowedScopes })
  const verified = createVerifiedTokens(bounds.verifiedTokensMax)
  const now = () => clock() / 1000
  const proving = createRequireProof({ proofs, resource, bounds, now })

  /** The principal of a remembered token that has not expired and whose key is still valid. */
  const remembered = (token: string | undefined, isKeyValid: (found: VerifiedToken) => boolean) => {
    const found = token === undefined ? undefined : verified.get(token)
    return found !== undefined && now() < found.principal.expiresAt && isKeyValid(found) ? found.principal : undefined
  }

  const principalOf = (claims: JsonObject, issuer: TrustedIssuer): User | Service => {
    assertClaims(claims, issuer.profile, { now: now(), lifetimeSecondsMax: issuer.lifetimeSecondsMax, bounds })
    return createPrincipal(claims, issuer)
  }

  const judge = (claims: JsonObject): User | Service => {
    const issuer = issuerOf(claims, issuers)
    assertForm(claims)
    return principalOf(claims, issuer)
  }
  const lookUp = introspect && createIntrospectedTokens({ introspect, judge, clock, log })

  const verify = async (token: string): Promise<User | Service> => {
    if (lookUp && isOpaque(token)) return lookUp(token)
    const { header, claims } = parseCompactJws(token, bounds.jsonDepthMax)
    const issuer = issuerOf(claims, issuers)
    const kid = assertHeader(header, issuer.profile)
    assertForm(claims)
    const key = await issuer.keys.find(kid)
    return remembered(token, (found) => found.key === key) ?? verifyWith({ token, claims, issuer, key })
  }

  const verifyWith = ({ token, claims, issuer, key }: ParsedToken): User | Service => {
    assertSignature(token, key, issuer.profile)
    const principal = principalOf(claims, issuer)
    verified.add({ token, principal, key, keys: issuer.keys })
    return principal
  }

  /** The proof is consumed after every other check, so that a refused request does not use it up. */
  const acceptRequest = async (
    authorization: string,
    headers: Headers,
    presentation: Presentation,
  ): Promise<Principal> => {
    const schemes = proving.schemesFor(presentation)
    const { scheme, token } = parseCredential(authorization, bounds.tokenCharsMax, schemes)
    const principal = await verify(token)
    if (scheme === 'Bearer') return asBearer(principal, presentation)
    const proof = proving.judge({ principal, token, headers, presentation })
    const caller = await accept(principal)
    await proving.consume(proof)
    return caller
  }

  const asBearer = (principal: User | Service, presentation: Presentation) => {
    assertBearer(principal, presentation)
    return accept(principal)
  }

  return async (headers, presentation = unproven) => {
    const authorization = authorizationOf(headers)
    if (authorization === undefined) return anonymous
    const known = remembered(uncheckedToken(authorization), ({ keys, key }) => keys.isCurrent(key))
    return known ? asBearer(known, presentation) : acceptRequest(authorization, headers, presentation)
  }
}

/** Nothing is said of the request, so that only bearer tokens are accepted. */
const unproven: Presentation = {}

/** A token of good form, its issuer, and the key that its signature must match. */
interface ParsedToken {
  readonly token: string
  readonly claims: JsonObject
  readonly issuer: TrustedIssuer
  readonly key: Key
}

function issuerOf({ iss }: JsonObject, issuers: AuthenticateOptions['issuers']): TrustedIssuer {
  return (typeof iss === 'string' ? issuers.get(iss) : undefined) ?? refuse('issuer_unknown')
}
