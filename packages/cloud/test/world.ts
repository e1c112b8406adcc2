/** The deployed function in one Lambda instance, with the services that it calls simulated on this machine. */
import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDatabase } from '@fieldnotes/local/database'
import { ensureTable } from '@fieldnotes/local/ensure-table'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { bundle, seal, sealedVariables } from '../src/bundle.ts'
import { deployed } from '../src/deployed.ts'
import { always, passTo, type Responder, serveFarSide } from '../src/lambda/far-side.ts'
import type { Outcome } from '../src/lambda/runtime-api.ts'
import { openSandbox, type Sandbox } from '../src/lambda/sandbox.ts'
import { root } from '../src/paths.ts'

const region = 'eu-west-1'
const pool = `${region}_Runtime1`
const issuer = `https://cognito-idp.${region}.amazonaws.com/${pool}`

export const links = {
  Notes: {
    resource: 'https://api.example.com/graphql',
    region,
    tableName: 'fieldnotes-runtime',
    accessTableName: 'fieldnotes-runtime-access',
    ratesTableName: 'fieldnotes-runtime-rates',
    apiKeys: 'optional',
    userPoolId: pool,
    clientIds: ['web'],
    operations: 'any',
    gate: 'absent',
    firebaseProject: '',
  },
  CursorSecrets: { value: 'a-secret-of-at-least-thirty-two-bytes' },
  FirebaseServiceAccount: { value: '' },
}

/** Claims of a sign-in that was made now. */
function signIn() {
  return { jti: crypto.randomUUID(), origin_jti: crypto.randomUUID(), auth_time: Math.floor(Date.now() / 1000) }
}

interface SandboxOptions {
  readonly links?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly environment?: Readonly<Record<string, string>>
  /** Replaces the database. */
  readonly database?: Responder
  /** Services by host name, besides Cognito's keys and the database. */
  readonly services?: Readonly<Record<string, Responder>>
  readonly handler?: string
  readonly timeoutSeconds?: number
}

export interface Response {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Lines of `set-cookie`, where there are some. */
  readonly cookies?: readonly string[]
}

export interface World {
  /** URL of the database. */
  readonly database: string
  open(name: string, options?: SandboxOptions): Promise<Sandbox & { readonly folder: string }>
  token(person: string, scope?: string, groups?: readonly string[]): Promise<string>
  stop(): Promise<void>
}

/** A world for one function: the endpoint, unless another is given. */
export async function createWorld(request = deployed): Promise<World> {
  process.env.AWS_ACCESS_KEY_ID ??= 'none'
  process.env.AWS_SECRET_ACCESS_KEY ??= 'none'
  const database = await startDatabase(undefined, () => undefined)
  await ensureTable({ name: links.Notes.tableName, region, endpoint: database.endpoint }, 'notes')
  await ensureTable({ name: links.Notes.accessTableName, region, endpoint: database.endpoint }, 'access')
  await ensureTable({ name: links.Notes.ratesTableName, region, endpoint: database.endpoint }, 'rates')
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }] }
  const work = mkdtempSync(join(tmpdir(), 'fieldnotes-lambda-'))
  await bundle(root, join(work, 'code'), request)
  const closing: (() => void)[] = []
  return {
    database: database.endpoint,
    async open(name, options = {}) {
      const farSide = await serveFarSide({
        [`cognito-idp.${region}.amazonaws.com`]: always(jwks),
        [`dynamodb.${region}.amazonaws.com`]: options.database ?? passTo(database.endpoint),
        ...options.services,
      })
      const key = randomBytes(32).toString('base64')
      const folder = join(work, name)
      cpSync(join(work, 'code'), folder, { recursive: true })
      seal(folder, { ...request, encryptionKey: key, links: options.links ?? links })
      const { handler, timeoutSeconds } = options
      const sandbox = await openSandbox({
        folder,
        farSide,
        ...(handler && { handler }),
        ...(timeoutSeconds && { timeoutSeconds }),
        environment: { NODE_ENV: 'production', ...sealedVariables(key), ...options.environment },
      })
      closing.push(
        () => sandbox.close(),
        () => farSide.close(),
      )
      return Object.defineProperty(sandbox, 'folder', { value: folder }) as Sandbox & { folder: string }
    },
    token: (person, scope = 'notes/read notes/write notes/share notes/trash', groups = []) =>
      new SignJWT({
        token_use: 'access',
        client_id: 'web',
        username: person,
        scope,
        ...signIn(),
        'cognito:groups': groups,
      })
        .setProtectedHeader({ alg: 'RS256', kid: 'one' })
        .setIssuer(issuer)
        .setSubject(`subject-of-${person}`)
        .setIssuedAt()
        .setExpirationTime('15m')
        .sign(privateKey),
    async stop() {
      for (const close of closing) close()
      rmSync(work, { recursive: true, force: true })
      await database.stop()
    },
  }
}

/** An event of API Gateway's HTTP API (payload format 2.0), recorded and reduced to the parts that vary. */
export function event(path: string, { method = 'GET', body = '', token = '' } = {}) {
  return {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: path,
    rawQueryString: '',
    headers: {
      accept: 'application/graphql-response+json',
      'content-type': 'application/json',
      host: 'api.example.com',
      'x-forwarded-for': '192.0.2.1',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    requestContext: {
      accountId: '123456789012',
      apiId: 'api',
      domainName: 'api.example.com',
      domainPrefix: 'api',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
      requestId: crypto.randomUUID(),
      routeKey: `${method} ${path}`,
      stage: '$default',
      time: '22/Nov/2026:09:30:00 +0000',
      timeEpoch: 1_795_339_800_000,
    },
    ...(body && { body }),
    isBase64Encoded: false,
  }
}

/** The event of a GraphQL request. */
export function ask(query: string, variables: object = {}, token = '') {
  return event('/graphql', { method: 'POST', body: JSON.stringify({ query, variables }), token })
}

/** The HTTP response that API Gateway makes of the function's result. */
export function responseOf(outcome: Outcome): Response {
  if ('payload' in outcome) return JSON.parse(outcome.payload)
  throw new Error(`${outcome.errorType}: ${outcome.errorMessage}`)
}
