/** What the issuer does at the table uses each right of its row and needs no other, as IAM judges it on a stage. */
import { createHash } from 'node:crypto'
import {
  connectApp,
  disconnectGrant,
  endConnectedApp,
  listConnectedApps,
  useApp,
} from '@fieldnotes/table/connected-apps'
import { readGroupPolicies } from '@fieldnotes/table/group-policies'
import { readRevocations } from '@fieldnotes/table/revocations'
import { createTable, type OpenTable } from '@fieldnotes/table/table'
import { openLimitedLine } from '@fieldnotes/table/test/limited'
import { expect, it, onTestFinished } from 'vitest'
import { modelAdapter } from '../src/oauth/model-store.ts'
import { accessTable } from './kit/access-table.ts'
import { storeToken, tokenRequest, withSignIns } from './kit/command-line.ts'
import { createWorld, issuer } from './kit/world.ts'

const access = accessTable()

const redirectUri = 'http://127.0.0.1/callback'
const code_verifier = 'v'.repeat(43)

/** What grants of a third party's app do: the eleventh ends the first, and the page of apps lists and ends them. */
async function useConnectedApps(table: OpenTable): Promise<void> {
  const app = { personId: 'p'.repeat(27), clientId: 'partner' }
  const now = Date.now()
  const [authTime, expiresAt] = [Math.floor(now / 1000), Math.floor(now / 1000) + 3600]
  const grantOf = (index: number) => ({ ...app, loginId: `login-${index}` })
  const about = { name: 'Partner', scopes: ['notes:read'], authTime, expiresAt }
  for (const index of Array(11).keys()) await connectApp(table, { ...grantOf(index), ...about }, now)
  await useApp(table, app, now + 1000)
  await disconnectGrant(table, grantOf(10), now)
  expect(await listConnectedApps(table, app.personId, now)).toMatchObject([{ clientId: 'partner' }])
  expect(await endConnectedApp(table, app, now)).toMatchObject({ clientId: 'partner' })
}

it('redeems, refreshes, revokes, finds sessions and clients, and connects apps', async () => {
  const { tables, refused, unused, close } = await openLimitedLine(['issuer'], { access: access.config() })
  onTestFinished(close)
  const { handle } = createWorld({ access: tables.access, ...withSignIns })
  const send = (parameters: Readonly<Record<string, string>>, client_id = 'terminal') =>
    handle(tokenRequest({ ...parameters, client_id }))

  const codeChallenge = createHash('sha256').update(code_verifier).digest('base64url')
  const stored = { redirectUri, codeChallenge, codeChallengeMethod: 'S256' }
  const code = await storeToken({ table: access.table, clock: Date.now, issuer }, 'AuthorizationCode', stored)
  const redeem = { grant_type: 'authorization_code', code, code_verifier, redirect_uri: redirectUri }
  const { refresh_token } = JSON.parse((await send(redeem)).body ?? '')
  expect((await send({ grant_type: 'refresh_token', refresh_token })).statusCode).toBe(200)
  expect((await send({ grant_type: 'refresh_token', refresh_token })).statusCode).toBe(400)
  expect((await send({ grant_type: 'client_credentials' }, 'partner')).statusCode).toBe(401)

  // What a browser at its pages, and subject tokens of an exchange, make it do.
  const table = createTable(tables.access)
  const sessions = modelAdapter('Session', { table: () => table, clock: Date.now, issuer })
  await sessions.upsert('a session', { kind: 'Session', jti: 'a session', uid: 'its second id' }, 60)
  expect(await sessions.findByUid('its second id')).toMatchObject({ uid: 'its second id' })
  await sessions.destroy('a session')
  await Promise.all([readRevocations(table, 0), readGroupPolicies(table)])
  await useConnectedApps(table)
  expect([refused, unused()]).toEqual([[], []])
})
