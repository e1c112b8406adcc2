/** A refresh, and a sign-in by an ID token, while the key is out of reach: the same token works afterwards. */

import type { FirebaseIssuer } from '@fieldnotes/identity/issuer'
import { firebaseUrls } from '@fieldnotes/identity/issuer-urls'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { expect, it } from 'vitest'
import { exchangeGrantType } from '../src/grants/client-rows.ts'
import { accessTable } from './kit/access-table.ts'
import { storeToken, target, tokenRequest, withSignIns } from './kit/command-line.ts'
import { createWorld, issuer, publicKey, secretHeader, settings, sign } from './kit/world.ts'

const access = accessTable()

/** A key service that signs nothing while it is down. */
function failingKeys() {
  const key = { isDown: true }
  const keyService = {
    publicKey,
    sign: (...args: Parameters<typeof sign>) => (key.isDown ? Promise.reject(new Error('down')) : sign(...args)),
  }
  return { key, keyService }
}

it('is 503 while the key does not sign, and the refresh token is not used up', async () => {
  const { key, keyService } = failingKeys()
  const { handle } = createWorld({ access: access.config(), ...withSignIns, keyService })
  const store = { table: access.table, clock: Date.now, issuer }
  const refresh_token = await storeToken(store, 'RefreshToken', { gty: 'authorization_code' })
  const refresh = () => handle(tokenRequest({ grant_type: 'refresh_token', client_id: 'terminal', refresh_token }))
  expect([(await refresh()).statusCode, (await refresh()).statusCode]).toEqual([503, 503])
  key.isDown = false
  expect((await refresh()).statusCode).toBe(200)
})

/** A Firebase project, and an ID token of a person who has just signed in there. */
async function firebaseSignIn() {
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const row: FirebaseIssuer = {
    kind: 'firebase',
    name: 'firebase',
    ...{ ...firebaseUrls('project'), projectId: 'project', tenant: null },
    ...{ scopes: { 'notes:read': ['notes:read'] }, defaultScopes: ['notes:read'] },
  }
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'f', alg: 'RS256', use: 'sig' }]
  const now = Math.floor(Date.now() / 1000)
  const times = { iat: now, exp: now + 3600, auth_time: now }
  const claims = {
    iss: row.issuer,
    aud: 'project',
    sub: 'person',
    firebase: { sign_in_provider: 'password' },
    ...times,
  }
  const token = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'f', typ: 'JWT' }).sign(privateKey)
  return { row, token, fetch: async () => Response.json({ keys }) }
}

it('is 503 while the key does not sign, and the ID token has not been used', async () => {
  const { key, keyService } = failingKeys()
  const { row, token: subject_token, fetch } = await firebaseSignIn()
  const issuers = [...settings.issuers, row]
  const { handle } = createWorld({ access: access.config(), issuers, keyService }, Date.now, fetch)
  const exchange = async () => {
    const subject = { subject_token, subject_token_type: 'urn:ietf:params:oauth:token-type:id_token' }
    const request = tokenRequest({ grant_type: exchangeGrantType, resource: target, ...subject })
    const headers = { ...request.headers, authorization: secretHeader('firebase-session') }
    return (await handle({ ...request, headers })).statusCode
  }
  expect([await exchange(), await exchange()]).toEqual([503, 503])
  key.isDown = false
  expect([await exchange(), await exchange()]).toEqual([200, 400])
})
