/** Tokens of a sign-in by the API, and the check of access tokens that its calls take. */
import { importJWK, type JWK, jwtVerify, SignJWT } from 'jose'
import type Provider from 'oidc-provider'
import { adminScope } from '../clients.ts'
import { poolResource } from '../issued-tokens.ts'
import { AccountRefusal } from '../people/account-refusal.ts'
import type { People } from '../people/people.ts'
import type { Person } from '../people/pool-person.ts'
import { personOf, proofOf } from '../people/proof.ts'
import type { StoredModels } from '../stored-models.ts'
import { accessClaims, type Claims, idClaims, originOf, type TokenFacts, tokenSeconds } from '../token-contents.ts'

/** The result of a sign-in, as the API names its members. */
export interface AuthenticationResult {
  readonly AccessToken: string
  readonly ExpiresIn: number
  readonly TokenType: 'Bearer'
  readonly RefreshToken?: string
  readonly IdToken: string
}

/** What the tokens are made with. */
export interface TokenParts {
  readonly issuer: string
  readonly privateJwk: JWK
  readonly provider: Provider
  readonly people: People
  readonly models: StoredModels
}

/** Issues and reads the tokens of one pool. */
export interface ApiTokens {
  /** @throws AccountRefusal ENDED when the person's sign-ins were ended meanwhile */
  readonly issue: (person: Person, clientId: string) => Promise<AuthenticationResult>
  /** New tokens for a refresh token, by the token endpoint; undefined when it is refused. */
  readonly refresh: (refreshToken: string, clientId: string) => Promise<AuthenticationResult | undefined>
  /** Claims of an access token of this pool whose sign-in has not been ended; undefined for any other text. */
  readonly read: (accessToken: string) => Promise<Claims | undefined>
  /** Whether the sign-in of a verified token has not been ended. */
  readonly isCurrent: (claims: Claims) => boolean
}

/** Creates them. */
export function createApiTokens({ issuer, privateJwk, provider, people, models }: TokenParts): ApiTokens {
  async function sign(claims: Claims): Promise<string> {
    const key = await importJWK(privateJwk, 'RS256')
    return new SignJWT({ ...claims }).setProtectedHeader({ alg: 'RS256', kid: privateJwk.kid ?? '' }).sign(key)
  }

  /** A grant and a refresh token that the token endpoint and the revocation endpoint know. */
  async function grantOf(person: Person, clientId: string, authTime: number) {
    const grant = new provider.Grant({ clientId, accountId: person.sub })
    grant.addResourceScope(poolResource, adminScope)
    const grantId = await grant.save()
    const client = await provider.Client.find(clientId)
    if (!client) throw new Error('an app client without metadata')
    const refresh = new provider.RefreshToken({
      client,
      accountId: person.sub,
      grantId,
      authTime,
      iiat: authTime,
      acr: person.epoch,
      gty: 'authorization_code',
      scope: adminScope,
      resource: poolResource,
    } as never)
    return { grantId, RefreshToken: await refresh.save() }
  }

  async function issue(person: Person, clientId: string): Promise<AuthenticationResult> {
    const issuedAt = Math.floor(Date.now() / 1000)
    const { grantId, RefreshToken } = await grantOf(person, clientId, issuedAt)
    const source = 'TokenGeneration_Authentication' as const
    const originId = originOf(grantId)
    const facts: TokenFacts = { issuer, clientId, originId, scope: adminScope, authTime: issuedAt, issuedAt, source }
    const AccessToken = await sign(await accessClaims(person, facts))
    const IdToken = await sign(idClaims(person, facts))
    // The sign-ins of the person may have been ended while the tokens were signed.
    if (!personOf(proofOf(person), people.bySub)) throw new AccountRefusal('ENDED')
    return { AccessToken, ExpiresIn: tokenSeconds, TokenType: 'Bearer', RefreshToken, IdToken }
  }

  async function verified(accessToken: string): Promise<Claims | undefined> {
    const { kty, n, e } = privateJwk
    const key = await importJWK({ kty, n, e } as JWK, 'RS256')
    const checked = await jwtVerify(accessToken, key, { issuer, algorithms: ['RS256'] }).catch(() => undefined)
    return checked?.payload.token_use === 'access' ? checked.payload : undefined
  }

  function isCurrent({ origin_jti, sub }: Claims): boolean {
    const grant = models.findGrant((grantId) => originOf(grantId) === origin_jti)
    return grant !== undefined && grant.accountId === sub
  }

  async function read(accessToken: string): Promise<Claims | undefined> {
    const claims = await verified(accessToken)
    return claims && isCurrent(claims) ? claims : undefined
  }

  /** The new access token says whose ID token belongs to it. */
  async function withIdToken(AccessToken: string, RefreshToken: string): Promise<AuthenticationResult | undefined> {
    const claims = await read(AccessToken)
    const person = people.bySub(String(claims?.sub))
    if (!claims || !person) return undefined
    const IdToken = await sign(
      idClaims(person, {
        issuer,
        clientId: String(claims.client_id),
        originId: String(claims.origin_jti),
        scope: String(claims.scope),
        authTime: Number(claims.auth_time),
        issuedAt: Number(claims.iat),
        source: 'TokenGeneration_RefreshTokens',
      }),
    )
    return { AccessToken, ExpiresIn: tokenSeconds, TokenType: 'Bearer', RefreshToken, IdToken }
  }

  async function refresh(token: string, clientId: string): Promise<AuthenticationResult | undefined> {
    const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: token, client_id: clientId })
    const response = await fetch(`${issuer}/oauth2/token`, { method: 'POST', body })
    const { access_token, refresh_token } = (await response.json()) as Record<string, string>
    return access_token && refresh_token ? withIdToken(access_token, refresh_token) : undefined
  }

  return { issue, refresh, read, isCurrent }
}
