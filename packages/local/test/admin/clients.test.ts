/** The operators' command for clients of third parties, beside a running cloud: what it adds gets a token. */
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clientKey } from '@fieldnotes/table/access-keys'
import { createTable } from '@fieldnotes/table/table'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cloud, startCloud } from '../../src/cloud.ts'
import { type Ended, runCommand } from '../run-command.ts'

const folder = mkdtempSync(join(tmpdir(), 'fieldnotes-'))
let cloud: Cloud

beforeAll(async () => {
  const settings = { port: 0, folder, ephemeral: true, endpoint: undefined, region: 'eu-west-1', log: () => {} }
  cloud = await startCloud({ ...settings, createHandler: () => async () => ({ statusCode: 200 }) })
})
afterAll(async () => {
  await cloud.stop()
  rmSync(folder, { recursive: true, force: true })
})

function clients(...words: string[]): Promise<Ended> {
  return runCommand('admin/admin.ts', ['clients', ...words, '--data', folder, '--json'])
}

async function done(...words: string[]) {
  const { status, out, err } = await clients(...words, '--yes')
  expect([status, err]).toEqual([0, ''])
  return JSON.parse(out)
}

const google = ['add', 'x', '--profile', 'google', '--title', 'X']

async function tokenStatus(id: string, secret: string): Promise<number> {
  const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
  const body = new URLSearchParams({ grant_type: 'client_credentials' })
  return (await fetch(`${cloud.url}/oauth/token`, { method: 'POST', headers: { authorization }, body })).status
}

describe('npm run admin -- clients', { timeout: 90_000 }, () => {
  it('adds, rotates, lists and disables a client, and stores no secret', async () => {
    expect(JSON.parse((await clients('add', 'partner')).out)).toMatchObject({ written: false, id: 'partner' })
    const { secret: first } = await done('add', 'partner', '--lifetime', '60')
    expect(await tokenStatus('partner', first)).toBe(200)
    const stored = await createTable(cloud.access).get(clientKey('partner'))
    expect(JSON.stringify(stored)).not.toContain(first)

    const { secret: next } = await done('rotate', 'partner')
    expect([await tokenStatus('partner', first), await tokenStatus('partner', next)]).toEqual([200, 200])
    expect((await clients('rotate', 'partner', '--yes')).err).toContain('2 secrets work')
    expect([await tokenStatus('partner', first), await tokenStatus('partner', next)]).toEqual([200, 200])
    await done('rotate', 'partner', '--finish')
    expect([await tokenStatus('partner', first), await tokenStatus('partner', next)]).toEqual([401, 200])

    await done('disable', 'partner')
    expect(await tokenStatus('partner', next)).toBe(401)
    const shown = { profile: 'machine', auth: 'client_secret_basic', faults: [], createdAt: expect.any(Number) }
    const listed = JSON.parse((await clients('list')).out).clients
    expect(listed).toContainEqual({ id: 'partner', ...shown, disabled: true })
    await done('enable', 'partner')
    expect(await tokenStatus('partner', next)).toBe(200)
  })

  it('adds an app, which has a secret where it can keep one', async () => {
    const uris = ['--redirect-uri', 'https://a.example/a', '--redirect-uri', 'http://127.0.0.1/b']
    const app = await done('add', 'open-app', '--profile', 'app', '--title', 'An app', ...uris, '--scope', 'notes:read')
    expect(app).not.toHaveProperty('secret')
    expect(app.row).toMatchObject({
      ...{ profile: 'app', auth: 'none' },
      grants: { code: { title: 'An app', redirectUris: ['https://a.example/a', 'http://127.0.0.1/b'] } },
    })
    const vendor = ['--redirect-uri', 'https://layla.amazon.com/api/skill/link/M2A', '--title', 'A skill', '--pkce']
    const skill = await done('add', 'other-skill', '--profile', 'alexa', ...vendor, '--refresh-days', '30')
    expect([skill.row.requiresPkce, skill.row.grants.code.refreshSeconds, skill.secret]).toEqual([
      ...[true, 2_592_000, expect.stringMatching(/^[\w-]{48}$/)],
    ])
    const kept = await done('add', 'kept-app', '--profile', 'app', '--confidential', '--title', 'K', ...uris)
    expect([kept.row.auth, typeof kept.secret]).toEqual(['client_secret_basic', 'string'])
    expect(await clients('rotate', 'open-app', '--yes')).toMatchObject({ status: 1 })
  })

  it('adds a client with its public key, and prints no secret', async () => {
    const published = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
    const file = join(folder, 'jwks.json')
    writeFileSync(file, JSON.stringify({ keys: [published] }))
    expect(await done('add', 'signer', '--jwks', file)).not.toHaveProperty('secret')
    writeFileSync(file, JSON.stringify({ keys: [{ ...published, d: 'hunter2' }] }))
    const { status, err } = await clients('add', 'leaky', '--jwks', file, '--yes')
    expect([status, err]).toEqual([2, expect.stringContaining('public keys')])
    expect(err).not.toContain('hunter2')
  })

  it.each([
    ['no action', [], /Say rotate, add, list, disable, enable/],
    ['an unknown profile', ['add', 'x', '--profile', 'toString'], /--profile takes machine, app, google, alexa/],
    ['a name of a program', ['add', 'x', '--title', 'X'], /--title does not go with --profile machine/],
    ['an app without an address', ['add', 'x', '--profile', 'app', '--title', 'X'], /redirectUris/],
    ['an address of others', [...google, '--redirect-uri', 'https://evil.example/r/x'], /not of google/],
    ['a key of Google', [...google, '--jwks', 'a.json'], /--jwks does not go with --profile google/],
    ['a refresh without an end', [...google, '--refresh-days', '181'], /refreshSeconds/],

    ['an action of another name', ['toString'], /Say /],
    ['no id', ['add'], /add takes one ID/],
    ['an id that is listed', ['list', 'x'], /list takes no ID/],
    ['an id of the product', ['add', 'portal'], /own/],
    ['a scope that a person can not judge', ['add', 'x', '--scope', 'notes:audit'], /own clients/],
    ['a life of an hour', ['add', 'x', '--lifetime', '3600'], /lifetimeSeconds/],
    ['a life of another form', ['add', 'x', '--lifetime', '0x10'], /not a number of seconds/],
    ['no life', ['add', 'x', '--lifetime', ''], /not a number of seconds/],
    ['a flag without effect', ['disable', 'x', '--scope', 'notes:read'], /--scope does not go/],
    [
      'a key for the end of a secret',
      ['rotate', 'x', '--finish', '--jwks', 'a.json'],
      /--jwks does not go with --finish/,
    ],
    ['a file that is not there', ['add', 'x', '--jwks', '/none'], /--jwks \/none can’t be read/],
  ])('ends with status 2 for %s', async (_what, words, message) => {
    const { status, err } = await clients(...words)
    expect([status, err]).toEqual([2, expect.stringMatching(message)])
  })

  it.each([
    ['rotate', 'ghost'],
    ['rotate', 'ghost', '--finish'],
    ['disable', 'ghost'],
    ['enable', 'ghost'],
    ['add', 'signer'],
    ['rotate', 'signer'],
  ])('ends with status 1 for what can not be done, and a dry run too: %s %s %s', async (...words) => {
    const refused = { status: 1, out: '', err: expect.stringContaining('Nothing was written') }
    expect(await clients(...words)).toMatchObject(refused)
    expect(await clients(...words, '--yes')).toMatchObject(refused)
  })
})
