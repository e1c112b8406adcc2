/** What may be used once, at three instances of the issuer at the same time: exactly one wins, a hundred times. */
import { randomUUID } from 'node:crypto'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { addClient } from '../src/clients/stored-clients.ts'
import { modelAdapter } from '../src/oauth/model-store.ts'
import { accessTable } from './kit/access-table.ts'
import { createWorld, event, issuer, settings, signInAt } from './kit/world.ts'

const rounds = 100
const target = `${settings.origin}/graphql`
const redirectUri = 'http://127.0.0.1/callback'
const access = accessTable()
const store = { table: access.table, clock: Date.now }

function now(): number {
  return Math.floor(Date.now() / 1000)
}

let instances: readonly ReturnType<typeof createWorld>['handle'][]
beforeAll(() => {
  const pool = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Test00001'
  const row = {
    kind: 'cognito',
    name: 'cognito',
    issuer: pool,
    jwksUri: `${pool}/.well-known/jwks.json`,
    clientIds: ['c'],
    scopes: {},
  } as const
  const changes = { access: access.config(), signIn: signInAt(pool), issuers: [...settings.issuers, row] }
  instances = Array.from({ length: 3 }, () => createWorld(changes).handle)
})

function tokenRequest(parameters: Readonly<Record<string, string>>): APIGatewayProxyEventV2 {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return event('POST', '/oauth/token', { headers, body: new URLSearchParams(parameters).toString() })
}

/** The status of the same request at each instance, and the answer of the winner. */
async function atOnce(parameters: Readonly<Record<string, string>>) {
  const answers = await Promise.all(instances.map((handle) => handle(tokenRequest(parameters))))
  const won = answers.find(({ statusCode }) => statusCode === 200)
  return { statuses: answers.map(({ statusCode }) => statusCode).sort(), won: JSON.parse(won?.body ?? '{}') }
}

/** A grant of the command line. */
async function grant(): Promise<{ readonly grantId: string; readonly accountId: string }> {
  const [grantId, accountId] = [randomUUID(), 'p'.repeat(27)]
  const signIn = { authTime: now(), loginId: grantId }
  const payload = {
    kind: 'Grant',
    jti: grantId,
    accountId,
    clientId: 'terminal',
    iat: now(),
    exp: now() + 3600,
    ...signIn,
  }
  await modelAdapter('Grant', store).upsert(grantId, { ...payload, resources: { [target]: 'notes:read' } }, 3600)
  return { grantId, accountId }
}

async function stored(kind: 'AuthorizationCode' | 'RefreshToken', more: object): Promise<string> {
  const jti = randomUUID()
  const of = { clientId: 'terminal', resource: target, scope: 'notes:read', iat: now(), exp: now() + 60 }
  await modelAdapter(kind, store).upsert(jti, { kind, jti, ...of, ...(await grant()), ...more }, 60)
  return jti
}

describe('of three instances', () => {
  it('exactly one redeems a refresh token', { timeout: 60_000 }, async () => {
    for (let round = 0; round < rounds; round += 1) {
      const refresh_token = await stored('RefreshToken', { gty: 'authorization_code' })
      const request = { grant_type: 'refresh_token', client_id: 'terminal', refresh_token }
      const { statuses, won } = await atOnce(request)
      expect([statuses, won.refresh_token === refresh_token]).toEqual([[200, 400, 400], false])
    }
  })

  it('exactly one redeems a code', { timeout: 60_000 }, async () => {
    const code_verifier = 'v'.repeat(43)
    const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(code_verifier))
    const pkce = { codeChallenge: Buffer.from(hash).toString('base64url'), codeChallengeMethod: 'S256' }
    for (let round = 0; round < rounds; round += 1) {
      const code = await stored('AuthorizationCode', { redirectUri, ...pkce })
      const request = { grant_type: 'authorization_code', client_id: 'terminal', code, code_verifier }
      expect((await atOnce({ ...request, redirect_uri: redirectUri })).statuses).toEqual([200, 400, 400])
    }
  })

  it('exactly one takes an assertion', { timeout: 60_000 }, async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256')
    const grants = { client_credentials: { targets: { graphql: ['notes:read'] }, lifetimeSeconds: 60 } }
    const row = { profile: 'machine', auth: 'private_key_jwt', grants } as const
    const credentials = { jwks: { keys: [{ ...(await exportJWK(publicKey)) }] } }
    await addClient(access.table(), { id: 'partner', row, credentials }, Date.now())
    for (let round = 0; round < rounds; round += 1) {
      const claims = { iss: 'partner', sub: 'partner', aud: issuer, jti: randomUUID(), iat: now(), exp: now() + 60 }
      const client_assertion = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256' }).sign(privateKey)
      const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
      const request = { grant_type: 'client_credentials', client_assertion, client_assertion_type }
      expect((await atOnce(request)).statuses).toEqual([200, 401, 401])
    }
  })
})
