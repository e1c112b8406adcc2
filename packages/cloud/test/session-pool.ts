/** The user pool of browser sessions, simulated: its pages' token endpoint, its API and its keys. */
import { createHash, randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { answering } from '../../session/test/kit/fake-aws.ts'
import { always, type Responder } from '../src/lambda/far-side.ts'

/** Where the pool is, and the client of sessions there. */
export interface PoolNames {
  readonly issuer: string
  readonly secret: string
  /** Where browsers reach the app. */
  readonly origin: string
}

/** A started sign-in at the pool: what its authorization request had. */
interface Started {
  readonly nonce: string
  readonly challenge: string
}

/** The pool's token endpoint (RFC 6749), with PKCE and the client's secret. Refresh tokens rotate. */
export async function createPool({ issuer, secret, origin }: PoolNames) {
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const kid = { kid: 'one', alg: 'RS256' }
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), ...kid, use: 'sig' }] }
  const codes = new Map<string, Started>()
  /** Refresh token → its sign-in. */
  const signIns = new Map<string, string>()
  const issued: string[] = []
  const grants: string[] = []
  const revoked: string[] = []
  const signedOut: unknown[] = []
  let isDown = false
  let lifetime = 900

  const signed = (claims: object, seconds: number) =>
    new SignJWT({ ...claims, auth_time: Math.floor(Date.now() / 1000) })
      .setProtectedHeader(kid)
      .setIssuer(issuer)
      .setSubject('subject-of-alice')
      .setIssuedAt()
      .setExpirationTime(`${seconds}s`)
      .sign(privateKey)

  async function tokens(origin_jti: string, nonce?: string) {
    const refreshToken = randomBytes(40).toString('base64url')
    signIns.set(refreshToken, origin_jti)
    issued.push(refreshToken)
    const ids = { origin_jti, jti: crypto.randomUUID() }
    const access = { token_use: 'access', client_id: 'sessions', username: 'alice', ...ids }
    return {
      access_token: await signed({ ...access, scope: 'notes/read notes/write', name: 'Alice' }, lifetime),
      ...(nonce && { id_token: await signed({ token_use: 'id', aud: 'sessions', nonce }, 900) }),
      refresh_token: refreshToken,
      token_type: 'Bearer',
      expires_in: lifetime,
    }
  }

  /** A refresh token is taken once. */
  async function refreshed(token: string) {
    const signIn = signIns.get(token)
    return signIns.delete(token) && tokens(String(signIn))
  }

  async function grant(form: URLSearchParams) {
    grants.push(String(form.get('grant_type')))
    if (form.get('grant_type') === 'refresh_token') return refreshed(String(form.get('refresh_token')))
    const started = codes.get(String(form.get('code')))
    codes.delete(String(form.get('code')))
    const challenge = createHash('sha256')
      .update(String(form.get('code_verifier')))
      .digest('base64url')
    const fits = started?.challenge === challenge && form.get('redirect_uri') === `${origin}/session/callback`
    return fits && tokens(crypto.randomUUID(), started.nonce)
  }

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const form = new URLSearchParams(Buffer.concat(await Array.fromAsync(request)).toString())
    if (isDown) return void response.writeHead(503).end()
    const isClient = request.headers.authorization === `Basic ${btoa(`sessions:${secret}`)}`
    response.setHeader('content-type', 'application/json')
    if (!isClient) return void response.writeHead(401).end('{"error":"invalid_client"}')
    if (request.url === '/oauth2/revoke') return void response.end(revoked.push(String(form.get('token'))) && '')
    const granted = await grant(form)
    response.writeHead(granted ? 200 : 400).end(JSON.stringify(granted || { error: 'invalid_grant' }))
  }

  /** The API of user pools, and at the same host its keys. */
  const api = answering({
    ListUsers: () => ({ Users: [{ Username: 'google_1234' }] }),
    AdminUserGlobalSignOut: ({ UserPoolId, Username }) => {
      signedOut.push([UserPoolId, Username])
      return {}
    },
  })

  return {
    host: ((request, response) =>
      void (request.method === 'POST' ? api : always(jwks))(request, response)) satisfies Responder,
    answer: ((request, response) => void answer(request, response)) satisfies Responder,
    /** The person signs in at the pages: returns the query of the callback. */
    signIn(location: string): string {
      const request = new URL(location).searchParams
      const code = crypto.randomUUID()
      codes.set(code, { nonce: String(request.get('nonce')), challenge: String(request.get('code_challenge')) })
      return new URLSearchParams({ code, state: String(request.get('state')) }).toString()
    },
    grants,
    revoked,
    /** People who were signed out everywhere: pool and name. */
    signedOut,
    /** Whether the token endpoint answers 503. */
    setDown(down: boolean) {
      isDown = down
    },
    /** Refresh tokens that were issued. */
    issued,
    /** Seconds for which the next access tokens are valid. */
    issueFor(seconds: number) {
      lifetime = seconds
    },
  }
}
