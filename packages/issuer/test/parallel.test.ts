/** What may be used once, at three instances of the issuer at the same time: exactly one wins, a hundred times. */
import { randomUUID } from 'node:crypto'
import { digestOf } from '@fieldnotes/table/digest'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { addClient } from '../src/clients/stored-clients.ts'
import { accessTable } from './kit/access-table.ts'
import { app, google } from './kit/client-rows.ts'
import { storeToken, tokenRequest, withSignIns } from './kit/command-line.ts'
import { createWorld, issuer, secretHeader } from './kit/world.ts'

const rounds = 100
const redirectUri = 'http://127.0.0.1/callback'
const access = accessTable()
const store = { table: access.table, clock: Date.now, issuer }

function now(): number {
  return Math.floor(Date.now() / 1000)
}

let instances: readonly ReturnType<typeof createWorld>['handle'][]
beforeAll(() => {
  const changes = { access: access.config(), ...withSignIns }
  instances = Array.from({ length: 3 }, () => createWorld(changes).handle)
})

const [vendorUri] = google.grants.code.redirectUris

/** A public app, and a linked account of Google. */
async function addApps(): Promise<void> {
  const reader = { id: 'reader', row: app, credentials: {} }
  const linker = { id: 'linker', row: google, credentials: { secretDigests: [digestOf('secret')] } }
  for (const client of [reader, linker]) await addClient(access.table(), client, Date.now())
}

/** The status of the same request at each instance, and the answer of the winner. */
async function atOnce(parameters: Readonly<Record<string, string>>) {
  const answers = await Promise.all(instances.map((handle) => handle(tokenRequest(parameters))))
  const won = answers.find(({ statusCode }) => statusCode === 200)
  return { statuses: answers.map(({ statusCode }) => statusCode).sort(), won: JSON.parse(won?.body ?? '{}') }
}

describe('of three instances', () => {
  it('exactly one redeems a refresh token', { timeout: 60_000 }, async () => {
    for (let round = 0; round < rounds; round += 1) {
      const refresh_token = await storeToken(store, 'RefreshToken', { gty: 'authorization_code' })
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
      const code = await storeToken(store, 'AuthorizationCode', { redirectUri, ...pkce })
      const request = { grant_type: 'authorization_code', client_id: 'terminal', code, code_verifier }
      expect((await atOnce({ ...request, redirect_uri: redirectUri })).statuses).toEqual([200, 400, 400])
    }
  })

  it('exactly one redeems a code of a linked account, and a refresh token of another party’s app', {
    timeout: 60_000,
  }, async () => {
    await addApps()
    const [linker, reader] = [{ clientId: 'linker' }, { clientId: 'reader' }]
    const linked = { client_id: 'linker', client_secret: 'secret', redirect_uri: vendorUri }
    for (let round = 0; round < rounds; round += 1) {
      const code = await storeToken(store, 'AuthorizationCode', { redirectUri: vendorUri, ...linker }, linker)
      const redeemed = await atOnce({ ...linked, grant_type: 'authorization_code', code })
      const refresh_token = await storeToken(store, 'RefreshToken', { gty: 'authorization_code', ...reader }, reader)
      const renewed = await atOnce({ grant_type: 'refresh_token', client_id: 'reader', refresh_token })
      for (const { statuses, won } of [redeemed, renewed])
        expect([statuses, won.access_token]).toEqual([[200, 400, 400], expect.stringMatching(/^[\w-]{43}$/)])
    }
  })

  it('exactly one takes a DPoP proof', { timeout: 60_000 }, async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256')
    const header = { alg: 'ES256', typ: 'dpop+jwt', jwk: await exportJWK(publicKey) }
    for (let round = 0; round < rounds; round += 1) {
      const claims = { jti: randomUUID(), htm: 'POST', htu: `${issuer}/token`, iat: now() }
      const dpop = await new SignJWT(claims).setProtectedHeader(header).sign(privateKey)
      const request = tokenRequest({ grant_type: 'client_credentials' })
      const headers = { ...request.headers, authorization: secretHeader('robot'), dpop }
      const answers = await Promise.all(instances.map((handle) => handle({ ...request, headers })))
      expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 400, 400])
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
