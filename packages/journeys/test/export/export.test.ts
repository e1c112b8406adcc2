/** Exports over HTTP: the walk of `npm run show:exchange`, who may export, and who gets an archive. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { filesOf, manifestOf } from '../../../exporter/test/kit/read-archive.ts'
import * as browsers from '../session/world.ts'
import { ask } from '../support/graphql-client.ts'
import { claimsOf, issuerAt, type OwnIssuer } from '../support/own-issuer.ts'
import { exchanged, type Line, readUntil, walk } from './walk.ts'

let world: browsers.World
let issuer: OwnIssuer
beforeAll(async () => {
  world = await browsers.startWorld()
  issuer = issuerAt(world)
})
afterAll(() => world.stop())

const state = 'exportId status location archive expiresAt'

/** Exports by the mutation until it has ended. */
async function exportedBy(
  call: (query: string) => Promise<{ readonly exportMyData: Readonly<Record<string, string>> }>,
) {
  let { exportMyData: found } = await call(`mutation { exportMyData(input: {}) { ${state} } }`)
  const again = () => `mutation { exportMyData(input: { exportId: "${found.exportId}" }) { ${state} } }`
  while (found.status === 'PENDING') found = (await call(again())).exportMyData
  return found
}

async function archiveAt(url: string, headers = {}) {
  const response = await fetch(url, { headers })
  return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) }
}

function now(): number {
  return Math.floor(Date.now() / 1000)
}

async function machineToken(): Promise<string> {
  const parameters = { grant_type: 'client_credentials', resource: issuer.targets.graphql }
  return (await issuer.as('robot', parameters)).body.access_token
}

function bearer(token: string) {
  return { authorization: `Bearer ${token}` }
}

describe('the walk from a sign-in to the exporter', () => {
  it('has every line as it must be', async () => {
    const lines: Line[] = []
    await walk(world, (line) => lines.push(line))
    expect(lines.length).toBe(15)
    for (const { what, found, wanted } of lines) expect(`${what}: ${found}`).toBe(`${what}: ${wanted}`)
  })
})

describe('exportMyData', () => {
  it('of a browser session is exported and downloaded: the page has no token', async () => {
    const browser = await world.signedIn('carol')
    await browsers.ask(browser, world.url, 'mutation { createNote(input: { title: "Carol’s" }) { note { id } } }')
    const found = await exportedBy(async (query) => (await browsers.ask(browser, world.url, query)).body.data)
    const { status, bytes } = await archiveAt(found.archive ?? '')
    expect([found.status, status]).toEqual(['DONE', 200])
    const files = await filesOf(bytes)
    expect(manifestOf(files).absent).toEqual([{ path: 'me.sessions', code: 'FORBIDDEN' }])
    expect(files.filter(({ text }) => text.includes('title: "Carol’s"')).length).toBe(1)
  })

  it.each([
    ['a third party', () => issuer.subject('fieldnotes', { claims: { client_id: 'assistant' } })],
    ['a token without the scope to read', () => issuer.subject('cognito', { scope: 'notes:write' })],
    ['a machine', machineToken],
    ['an old sign-in at Firebase', () => issuer.subject('firebase', { claims: { auth_time: now() - 3700 } })],
  ])('by %s is FORBIDDEN, and nothing is exchanged', async (_name, token) => {
    const before = world.logged().split('export.request').length
    const query = `mutation { exportMyData(input: {}) { ${state} } }`
    expect((await ask(world.url, { token: await token(), query })).codes).toEqual({ exportMyData: 'FORBIDDEN' })
    expect(world.logged().split('export.request').length).toBe(before)
    expect((await ask(world.url, { token: await issuer.subject('firebase'), query })).codes).toEqual({})
  })

  it('with the id of another person’s export is NOT_FOUND, as with one that none has', async () => {
    const [alice, bob] = await Promise.all(['alice', 'bob'].map((person) => issuer.subject('cognito', { person })))
    const found = await exportedBy(async (query) => (await ask(world.url, { token: alice, query })).data)
    const none = Buffer.from(`Export:${'a'.repeat(22)}`).toString('base64url')
    const answers = [found.exportId, none].map((id) =>
      ask(world.url, { token: bob, query: `mutation { exportMyData(input: { exportId: "${id}" }) { status } }` }),
    )
    const [others, absent] = (await Promise.all(answers)).map(({ text }) => text.replace(/"requestId":"[^"]*"/, ''))
    expect(others).toContain('NOT_FOUND')
    expect(others).toBe(absent)
  })
})

describe('an archive', () => {
  it('is fetched by its person alone, and by a link that was not changed', async () => {
    const hers = await exchanged(issuer, 'portal', await issuer.subject('cognito'), 'exporter')
    const his = await exchanged(issuer, 'portal', await issuer.subject('cognito', { person: 'bob' }), 'exporter')
    const started = await fetch(`${world.url}/exporter/exports`, { method: 'POST', headers: bearer(hers) })
    const location = started.headers.get('location') ?? ''
    const read = async (token: string) => fetch(location, { headers: bearer(token) })
    await readUntil(async () => (await (await read(hers)).json()).status, 'done')
    const { archive } = await (await read(hers)).json()
    expect([(await read(his)).status, (await archiveAt(archive, bearer(his))).status]).toEqual([404, 404])
    expect([(await archiveAt(archive)).status, (await archiveAt(archive, bearer(hers))).status]).toEqual([401, 200])
    const manual = await fetch(archive, { headers: bearer(hers), redirect: 'manual' })
    const link = manual.headers.get('location') ?? ''
    expect((await archiveAt(link)).status).toBe(200)
    const { sub: alice } = claimsOf(hers)
    const { sub: bob } = claimsOf(his)
    const changes = [
      link.replace(String(alice), String(bob)),
      link.replace(/expires=\d+/, 'expires=4000000000'),
      link.replace(/signature=.{4}/, 'signature=AAAA'),
      link.replace(/exports\/.*\?/, 'exports/..%2F..%2Fkeys.json?'),
      link.replace(/\?.*/, ''),
    ]
    for (const changed of changes) expect((await archiveAt(changed)).status).toBe(403)
  })

  it('has an address that pages of other origins may read, and no cookie', async () => {
    const headers = { origin: 'http://localhost:5173', 'access-control-request-method': 'POST' }
    const preflight = await fetch(`${world.url}/exporter/exports`, { method: 'OPTIONS', headers })
    expect(preflight.headers.get('access-control-allow-origin')).toBe('http://localhost:5173')
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull()
  })
})
