/** An OpenID Connect provider on this machine: discovery, keys, and access tokens with the claims that a test gives. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'

export interface Provider {
  readonly url: string
  /** Signs claims as an access token of five minutes, or under another `typ`. */
  readonly sign: (claims: JWTPayload, typ?: string) => Promise<string>
  readonly stop: () => Promise<void>
}

/** Starts a provider whose key set is at each of `keyPaths`. */
export async function startProvider(keyPaths: readonly string[]): Promise<Provider> {
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }] }
  const server = createServer(({ url = '' }, response) => {
    response.statusCode = keyPaths.includes(url) ? 200 : 404
    response.setHeader('content-type', 'application/json').end(JSON.stringify(jwks))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sign: (claims, typ = 'at+jwt') =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid: 'one', typ })
        .setIssuedAt()
        .setExpirationTime('5m')
        .sign(privateKey),
    async stop() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
