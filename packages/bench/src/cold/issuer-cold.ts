/**
 * Processor time of a cold start of the issuer, until its first token: a program's own, that of an exchange, which also
 * fetches the subject's key set and reads the revocations, and that of a skill, which is opaque and stored.
 */
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { issuer as build } from '@fieldnotes/cloud/deployed'
import { scopeTable } from '@fieldnotes/core/scopes'
import type { Issuer } from '@fieldnotes/identity/issuer'
import { confidentialClientIds } from '@fieldnotes/issuer/client-rows'
import { clientSecretOf, cookieSecretOf } from '@fieldnotes/issuer/client-secret'
import { heldKeys } from '@fieldnotes/issuer/held-key'
import { storeToken } from '@fieldnotes/issuer/test/command-line'
import { fakeKms } from '@fieldnotes/issuer/test/fake-kms'
import { startDatabase } from '@fieldnotes/local/database'
import { ensureTable } from '@fieldnotes/local/ensure-table'
import { storeExampleApps } from '@fieldnotes/local/example-apps'
import { digestOf } from '@fieldnotes/table/digest'
import { createTable } from '@fieldnotes/table/table'
import type { TableConfig } from '@fieldnotes/table/table-config'
import { median } from '../measure/statistics.ts'
import { serveIssuer } from '../world/serve-keys.ts'
import { bundleInto, type ColdAnswer, startBundle } from './start-bundle.ts'

/** Milliseconds of processor time of all threads, since the process was created. */
export interface ColdIssuer {
  /** Until the handler can be called. */
  readonly ready: number
  /** Until a program's own token. */
  readonly program: number
  /** Until the token of an exchange. */
  readonly exchange: number
  /** Until an app of a third party has renewed its token. */
  readonly renewal: number
}

const region = 'eu-west-1'
const keyId = `arn:aws:kms:${region}:123456789012:key/bench`
const origin = 'http://127.0.0.1'
const root = 'a-root-of-at-least-thirty-two-bytes'

/** The links of a deployed stage. */
const links = {
  Notes: {
    resource: 'https://api.example.com/graphql',
    region,
    accessTableName: 'fieldnotes-bench-access',
    userPoolId: `${region}_Bench0001`,
    clientIds: ['web'],
    firebaseProject: '',
    issuers: '[]',
    fieldnotesIssuer: 'https://auth.example.com/oauth',
  },
  IssuerSettings: {
    webClientIds: ['web'],
    keys: [{ keyId, state: 'active' }],
    secretDigests: JSON.stringify(
      Object.fromEntries(confidentialClientIds.map((id) => [id, [digestOf(clientSecretOf(id, root))]])),
    ),
  },
  IssuerSignIn: {
    signIn: `https://fieldnotes-bench.auth.${region}.amazoncognito.com`,
    clientId: 'sign-ins',
    clientSecret: clientSecretOf('sign-ins', root),
    scope: 'openid notes/read',
    cookieSecrets: [cookieSecretOf(root)],
    firebaseApiKey: '',
  },
}

/** Serves a fake of KMS with one key. */
async function serveKms() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const answer = fakeKms(heldKeys({ [keyId]: privateKey.export({ format: 'jwk' }) }))
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
}

type Body = Readonly<Record<string, string>>

/** The event of a client's request for a token. */
function requestOf(client: string, body: Body): object {
  const authorization = `Basic ${Buffer.from(`${client}:${clientSecretOf(client, root)}`).toString('base64')}`
  return {
    rawPath: '/oauth/token',
    rawQueryString: '',
    headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
    requestContext: { requestId: 'r', http: { method: 'POST' } },
    body: new URLSearchParams(body).toString(),
    isBase64Encoded: false,
  }
}

/** The request of a skill that renews its token, as Alexa sends it. Its refresh token is kept, and so is used often. */
async function renewalOf(access: TableConfig): Promise<readonly [client: string, body: Body]> {
  const table = createTable(access)
  await storeExampleApps(access, root)
  const store = { table: () => table, clock: Date.now, issuer: `${origin}/oauth` }
  const [clientId, resource] = ['skill', `${origin}/graphql`]
  const given = { gty: 'authorization_code', exp: Math.floor(Date.now() / 1000) + 3600, clientId, resource }
  const grant = { clientId, resources: { [resource]: 'notes:read' } }
  const refresh_token = await storeToken(store, 'RefreshToken', given, grant)
  return ['skill', { grant_type: 'refresh_token', refresh_token }]
}

/** Bodies of the requests of own clients. */
function bodiesOf(token: string): Readonly<Record<'program' | 'exchange', readonly [client: string, body: Body]>> {
  const subject = { subject_token: token, subject_token_type: 'urn:ietf:params:oauth:token-type:access_token' }
  const target = { resource: `${origin}/exporter`, scope: 'notes:read' }
  const grant_type = 'urn:ietf:params:oauth:grant-type:token-exchange'
  return {
    program: ['robot', { grant_type: 'client_credentials', scope: 'notes:read' }],
    exchange: ['portal', { grant_type, ...subject, ...target }],
  }
}

/** Starts the bundle several times with one event. @throws Error when an answer is not a token */
async function starts(count: number, event: object, config: object): Promise<{ ready: number; answered: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'fieldnotes-issuer-'))
  try {
    await bundleInto(folder, { build: { ...build, links }, source: 'issuer-entry.ts', event })
    const found: ColdAnswer[] = []
    for (let start = 0; start < count; start += 1) found.push(await startBundle(folder, config))
    const refused = found.find(({ statusCode }) => statusCode !== 200)
    if (refused) throw new Error(`the cold answer is ${refused.statusCode} ${refused.body}`)
    return { ready: median(found.map(({ ready }) => ready)), answered: median(found.map(({ answered }) => answered)) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Starts the deployed bundle several times for each of the tokens; resolves to the medians. */
export async function measureColdIssuer(count: number): Promise<ColdIssuer> {
  const signIn = { origin_jti: 'sign-in', auth_time: Math.floor(Date.now() / 1000) }
  const claims = { token_use: 'access', client_id: 'web', username: 'person', ...signIn }
  const pool = await serveIssuer({ audience: `${origin}/graphql`, scope: 'notes/read', type: 'jwt', claims })
  const [database, kms] = [await startDatabase(undefined, () => {}), await serveKms()]
  const access = { name: 'bench-access', region, endpoint: database.endpoint }
  await ensureTable(access, 'access')
  const config = { access, kms: kms.url, origin, issuer: `${origin}/oauth`, issuers: issuersOf(pool.issuer) }
  const bodies = bodiesOf(await pool.mint('person'))
  try {
    const program = await starts(count, requestOf(...bodies.program), config)
    const exchange = await starts(count, requestOf(...bodies.exchange), config)
    const renewal = await starts(count, requestOf(...(await renewalOf(access))), config)
    return {
      ...{ ready: program.ready, program: program.answered },
      ...{ exchange: exchange.answered, renewal: renewal.answered },
    }
  } finally {
    pool.close()
    kms.close()
    await database.stop()
  }
}

/** The pool and the issuer itself, at this machine. */
function issuersOf(pool: string): readonly Issuer[] {
  const keys = { jwksUri: `${origin}/oauth/jwks` }
  return [
    {
      kind: 'cognito',
      name: 'cognito',
      issuer: pool,
      jwksUri: `${pool}/keys`,
      scopes: scopeTable('/'),
      clientIds: ['web'],
    },
    {
      kind: 'fieldnotes',
      name: 'fieldnotes',
      issuer: `${origin}/oauth`,
      ...keys,
      scopes: scopeTable(':'),
      firstPartyClientIds: [],
    },
  ]
}
