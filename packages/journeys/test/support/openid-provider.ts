/**
 * An OpenID Connect provider on this machine: discovery, keys, tokens for clients that act for themselves, and access
 * tokens with the claims that a test gives.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'

export interface Provider {
  readonly url: string
  /** Signs claims as an access token of five minutes, or under another `typ`. */
  readonly sign: (claims: JWTPayload, typ?: string) => Promise<string>
  readonly stop: () => Promise<void>
}

/** An issuer of the provider, by paths. */
export interface Realm {
  /** The claim `iss`. */
  readonly issuer: string
  readonly keys: string
  readonly token?: string
}

/** Starts a provider of several issuers, which share a key. Every other path is 404. */
export async function startProvider(realms: readonly Realm[]): Promise<Provider> {
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }] }
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const sign: Provider['sign'] = (claims, typ = 'at+jwt') =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'one', typ })
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(privateKey)

  function documentAt(path: string): unknown {
    if (realms.some(({ keys }) => keys === path)) return jwks
    const realm = realms.find(({ issuer }) => `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration` === path)
    return realm && { issuer: origin() + realm.issuer, jwks_uri: origin() + realm.keys }
  }

  /** The answer to a request by client credentials (RFC 6749 §4.4), in Auth0's form; undefined for another request. */
  async function tokenFor({ issuer }: Realm, form: URLSearchParams): Promise<unknown> {
    const { grant_type, client_id, client_secret, audience } = Object.fromEntries(form)
    if (grant_type !== 'client_credentials' || !client_id || !client_secret || !audience) return undefined
    const iss = origin() + issuer
    const claims = { iss, sub: `${client_id}@clients`, aud: audience, client_id, jti: 'one', scope: 'notes:read' }
    return { access_token: await sign(claims), token_type: 'Bearer' }
  }

  const server = createServer(async (request, response) => {
    const { url = '' } = request
    const realm = realms.find(({ token }) => token === url)
    const answer = realm ? await tokenFor(realm, new URLSearchParams(await text(request))) : documentAt(url)
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: origin(),
    sign,
    async stop() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
