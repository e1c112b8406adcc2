/** What the endpoint and the authorizer do at their tables uses each right of their rows and needs no other. */
import { createAuthorizer } from '@fieldnotes/authorizer/authorizer'
import { connectApp, endConnectedApp, listConnectedApps } from '@fieldnotes/table/connected-apps'
import { readOpaqueToken } from '@fieldnotes/table/opaque-tokens'
import { useProof } from '@fieldnotes/table/proofs'
import type { FunctionName } from '@fieldnotes/table/rights'
import { createTable, type OpenTable } from '@fieldnotes/table/table'
import { openLimitedLine } from '@fieldnotes/table/test/limited'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { startWorld, type World } from './limits/world.ts'
import { seconds } from './support/next-second.ts'
import { storeSession } from './support/stored-session.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())

async function lineOf(name: FunctionName) {
  const { access, rates } = world.config
  const line = await openLimitedLine([name], { access, rates })
  onTestFinished(line.close)
  return line
}

/** What a third party's app and its person do. */
async function useConnectedApps(table: OpenTable): Promise<void> {
  const [app, now] = [{ personId: 'p'.repeat(27), clientId: 'partner' }, Date.now()]
  const [authTime, expiresAt] = [seconds(), seconds() + 3600]
  const about = { loginId: 'login', name: 'Partner', scopes: ['notes:read'], authTime, expiresAt }
  await connectApp(world.access, { ...app, ...about }, now)
  expect(await readOpaqueToken(table, 'x'.repeat(43))).toBeUndefined()
  const proof = { thumbprint: 'k'.repeat(43), id: 'jti', until: expiresAt }
  expect(await useProof(table, proof, now)).toBe(true)
  expect(await listConnectedApps(table, app.personId, now)).toHaveLength(1)
  expect(await endConnectedApp(table, app, now)).toMatchObject({ clientId: 'partner' })
}

it('the endpoint judges a person and an application, ends a session, and signs a person out', async () => {
  const { tables, refused, unused } = await lineOf('graphql')
  const send = world.newInstance(tables)
  const claims = { auth_time: seconds(), 'cognito:groups': ['staff'] }
  const token = await world.personToken('alice', claims)
  const id = await storeSession(world.access, token, { loginId: 'another' })
  const queries = [
    '{ me { sessions { nodes { id } } } }',
    `mutation { revokeSession(input: { id: "${id}" }) { revokedSessionId } }`,
    'mutation { signOut(input: { everywhere: true }) { everywhere } }',
  ]
  for (const query of queries) expect((await send({ token, query })).body.errors).toBeUndefined()
  const [key, machine] = [await world.newKey('rights'), await world.tokenOf('limited')]
  for (const sent of [{ token: machine, key }, { token: machine }]) expect((await send(sent)).status).toBe(200)
  await useConnectedApps(createTable(tables.access))
  expect([refused, unused()]).toEqual([[], []])
})

it('the authorizer judges a token', async () => {
  const { tables, refused, unused } = await lineOf('authorizer')
  const options = { loopbackIssuers: 'trust', environment: {}, log: () => {} } as const
  const authorize = createAuthorizer({ ...world.config, ...tables, gateDenies: false }, options)
  const headers = { host: 'api.test', authorization: `Bearer ${await world.personToken('bob')}` }
  const requestContext = { requestId: 'r1' } as Parameters<typeof authorize>[0]['requestContext']
  const { context } = await authorize({ headers, requestContext })
  expect([context.verdict, refused, unused()]).toEqual(['ok', [], []])
})
