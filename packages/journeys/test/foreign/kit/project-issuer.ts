/** An OAuth issuer on this machine for the examples: one ES256 key, RFC 9068 access tokens. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose'

/** The `iss` and `aud` that the examples accept. */
export const issuer = 'https://auth.example.com'
export const audience = 'https://api.example.com/'

export interface LocalIssuer extends AsyncDisposable {
  /** Where the key set is served. */
  readonly origin: string
  /** A valid access token of this subject. */
  readonly token: (subject: string) => Promise<string>
  /** The same token, signed with a key that the issuer does not publish. */
  readonly forgedToken: (subject: string) => Promise<string>
}

export async function createLocalIssuer(): Promise<LocalIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const foreign = await generateKeyPair('ES256')
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'key-1', alg: 'ES256', use: 'sig' }] })
  const server = createServer(({ url }, response) => {
    response.writeHead(url === '/jwks' ? 200 : 404, { 'content-type': 'application/jwk-set+json' }).end(keys)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: (subject) => sign(subject, privateKey),
    forgedToken: (subject) => sign(subject, foreign.privateKey),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

function sign(subject: string, key: CryptoKey): Promise<string> {
  return new SignJWT({ client_id: 'app-1', scope: 'openid read' })
    .setProtectedHeader({ alg: 'ES256', kid: 'key-1', typ: 'at+jwt' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(subject)
    .setJti(crypto.randomUUID())
    .setIssuedAt()
    .setExpirationTime('5 minutes')
    .sign(key)
}
