/** The deployed functions of browser sessions, each in a Lambda instance, with what they call simulated here. */
import { createHash, randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDatabase } from '@fieldnotes/local/database'
import { ensureTable } from '@fieldnotes/local/ensure-table'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { answering, kmsOperations } from '../../session/test/kit/fake-aws.ts'
import { type BuildRequest, bundle, seal, sealedVariables } from '../src/bundle.ts'
import { entry, inform, session } from '../src/deployed.ts'
import { always, passTo, type Responder, serveFarSide } from '../src/lambda/far-side.ts'
import { openSandbox, type Sandbox } from '../src/lambda/sandbox.ts'
import { root } from '../src/paths.ts'
import { links as endpointLinks } from './world.ts'

const { region, userPoolId } = endpointLinks.Notes
const issuer = `https://cognito-idp.${region}.amazonaws.com/${userPoolId}`
const pages = `fieldnotes-production-39bc53.auth.${region}.amazoncognito.com`
const keyArn = `arn:aws:kms:${region}:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab`
const secret = 'secret0of0the0client'.padEnd(51, '0')

/** Where browsers reach the app. */
export const origin = 'https://app.example.com'

const Notes = { ...endpointLinks.Notes, clientIds: ['sessions'], gate: 'demanded' }

/** Links of the functions, as `infra/session-links.ts` makes them. */
export const links = {
  ...endpointLinks,
  Notes,
  SessionOrigin: { origin },
  SessionKey: { arn: keyArn },
  SessionFunction: { name: 'fieldnotes-session' },
  SessionProvider: {
    signIn: `https://${pages}`,
    clientId: 'sessions',
    clientSecret: secret,
    scope: 'openid email profile notes/read notes/write notes/share notes/trash',
  },
}

/** A started sign-in at the pool: what its authorization request had. */
interface Started {
  readonly nonce: string
  readonly challenge: string
}

/** The pool's token endpoint (RFC 6749), with PKCE and the client's secret. Refresh tokens rotate. */
async function createPool() {
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

/** Lambda's own API: an invocation of the one function there is. */
function lambdaOf(session: () => Sandbox): Responder {
  return async (request, response) => {
    const outcome = await session().invoke(JSON.parse(Buffer.concat(await Array.fromAsync(request)).toString()))
    if ('payload' in outcome) return void response.end(outcome.payload)
    response.writeHead(200, { 'x-amz-function-error': 'Unhandled' }).end(JSON.stringify(outcome))
  }
}

/** Opens the world. */
export async function createSessionWorld() {
  const database = await startDatabase(undefined, () => undefined)
  await ensureTable({ name: Notes.tableName, region, endpoint: database.endpoint }, 'notes')
  await ensureTable({ name: Notes.accessTableName, region, endpoint: database.endpoint }, 'access')
  await ensureTable({ name: Notes.ratesTableName, region, endpoint: database.endpoint }, 'rates')
  const pool = await createPool()
  const work = mkdtempSync(join(tmpdir(), 'fieldnotes-sessions-'))
  const opened: { session?: Sandbox } = {}
  const { encryptionContext } = await import('@fieldnotes/session/kms-keys')
  const kms: { calls: number; answer: Responder } = {
    calls: 0,
    answer: (request, response) => void answering(kmsOperations(keyArn, encryptionContext))(request, response),
  }
  const farSide = await serveFarSide({
    [new URL(issuer).host]: pool.host,
    [pages]: pool.answer,
    [`dynamodb.${region}.amazonaws.com`]: passTo(database.endpoint),
    [`kms.${region}.amazonaws.com`]: (request, response) => {
      kms.calls += 1
      kms.answer(request, response)
    },
    [`lambda.${region}.amazonaws.com`]: lambdaOf(() => opened.session as Sandbox),
  })

  async function open(request: BuildRequest, names: readonly (keyof typeof links)[]): Promise<Sandbox> {
    const code = join(work, `${request.functionID}-code`)
    const folder = join(work, request.functionID)
    await bundle(root, code, request)
    cpSync(code, folder, { recursive: true })
    const key = randomBytes(32).toString('base64')
    const own = Object.fromEntries(names.map((name) => [name, links[name]]))
    seal(folder, { ...request, encryptionKey: key, links: own })
    const environment = { NODE_ENV: 'production', ...sealedVariables(key, folder) }
    return openSandbox({ folder, farSide, environment, timeoutSeconds: 28 })
  }

  opened.session = await open(session, ['Notes', 'SessionOrigin', 'SessionProvider', 'SessionKey'])
  const ofEndpoint = ['Notes', 'CursorSecrets', 'FirebaseServiceAccount'] as const
  const enters = await open(entry, [...ofEndpoint, 'SessionOrigin', 'SessionFunction'])
  const ofPass = ['Notes', 'SessionOrigin', 'SessionProvider', 'SessionKey', 'FirebaseServiceAccount'] as const
  const informs = await open(inform, ofPass)
  return {
    session: opened.session,
    entry: enters,
    inform: informs,
    pool,
    kms,
    async stop() {
      opened.session?.close()
      enters.close()
      informs.close()
      farSide.close()
      rmSync(work, { recursive: true, force: true })
      await database.stop()
    },
  }
}
