/** People and sign-ins in the data folder: what a restart, a damaged file and an earlier version do to them. */
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as client from 'openid-client'
import { describe, expect, it, vi } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'
import { createApp, redirectUri } from './kit/app.ts'
import { codeFor, startPool, type TestPool } from './kit/start-pool.ts'
import { createVisitor } from './kit/visitor.ts'

const password = 'Correct-horse-9'

async function signUpDora(pool: TestPool) {
  const [app, visitor] = [await createApp(pool), createVisitor(pool.url)]
  const started = await app.start()
  const page = await visitor.follow(await visitor.open(started.url), 'Make an account')
  const view = await visitor.submit(page, { name: 'Dora', email: 'dora@example.org', password }, 'Make an account')
  const end = await visitor.submit(view, { code: codeFor(pool, 'dora@example.org') }, 'Confirm')
  return { tokens: await app.redeem(started, end), visitor }
}

async function signIn(pool: TestPool, username: string, secret: string): Promise<boolean> {
  const [app, visitor] = [await createApp(pool), createVisitor(pool.url)]
  const view = await visitor.open((await app.start()).url)
  return (await visitor.submit(view, { username, password: secret }, 'Sign in')).url.startsWith(redirectUri)
}

/** Stops a pool and starts another one with its folder, at the same port. */
async function restart(pool: TestPool, folder: string): Promise<TestPool> {
  await pool.stop()
  const next = await startPool(folder, Number(new URL(pool.url).port))
  // The connections that fetch keeps to the stopped pool fail once.
  await vi.waitFor(() => fetch(`${next.url}/mailbox`))
  return next
}

const hash = { salt: 'A'.repeat(22), hash: 'A'.repeat(43), cost: 2 ** 15 }

const whole = {
  sub: 's',
  username: 'alice',
  email: 'alice@cognito.example',
  emailVerified: true,
  name: 'secret',
  groups: [],
  password: hash,
  confirmed: true,
  createdAt: 0,
}

/** Members that a program would stumble over later, each in a person that is whole otherwise. */
const damages: readonly (readonly [string, object])[] = [
  ['a password as text', { password: 'scrypt$x' }],
  ['a hash without its cost', { password: { ...hash, cost: undefined } }],
  ['a cost of 3', { password: { ...hash, cost: 3 } }],
  ['a cost of gigabytes', { password: { ...hash, cost: 2 ** 24 } }],
  ['a short hash', { password: { ...hash, hash: 'AA' } }],
  ['an address that is a number', { email: 5 }],
  ['a name that is a list', { name: [] }],
  ['a group that is a number', { groups: [5] }],
  ['no mark of a verified address', { emailVerified: undefined }],
  ['a second factor without a secret', { secondFactor: {} }],
  ['a second factor without its step', { secondFactor: { secret: 'A'.repeat(32) } }],
  ['another provider', { federation: { provider: 'Evil', subject: '1' } }],
  ['a time that is a text', { createdAt: '0' }],
  ['an epoch that is a number', { epoch: 1 }],
]

describe('the people of a data folder', () => {
  it('survive a restart, and so do sessions, refresh tokens, and what was revoked', async () => {
    const folder = temporaryFolder()
    const first = await startPool(folder)
    const { tokens, visitor } = await signUpDora(first)
    const second = await restart(first, folder)
    expect(await signIn(second, 'dora@example.org', password)).toBe(true)
    const app = await createApp(second)
    expect((await visitor.open((await app.start({ prompt: 'none' })).url)).url).toContain('code=')
    const next = await client.refreshTokenGrant(app.config, tokens.refresh_token ?? '')
    await client.tokenRevocation(app.config, next.refresh_token ?? '')
    const third = await createApp(await restart(second, folder))
    await expect(client.refreshTokenGrant(third.config, next.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    })
  })

  it('are readable by their owner alone, and no file holds a password or a code', async () => {
    const folder = temporaryFolder()
    await signUpDora(await startPool(folder))
    expect(readdirSync(folder).sort()).toEqual(['pool-people.json', 'pool-sign-ins.json'])
    for (const name of readdirSync(folder)) {
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
      expect(readFileSync(join(folder, name), 'utf8')).not.toMatch(/Correct-horse|fieldnotes-alice/)
    }
  })

  it('are those of the documents in a folder of a version without them', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'notes.db'), '')
    const pool = await startPool(folder)
    for (const name of ['alice', 'bob', 'carol']) expect(await signIn(pool, name, `fieldnotes-${name}`)).toBe(true)
  })

  it('leave no file when they are in memory', async () => {
    const folder = temporaryFolder()
    await signUpDora(await startPool())
    expect(readdirSync(folder)).toEqual([])
  })

  it.each<readonly [string, string]>([
    ['no JSON', '{"version":1,"people":[{"sub":"x","password":"secret'],
    ['of a later version', '{"version":2,"people":[]}'],
    ['without people', '{"version":1}'],
    ['with a person without members', '{"version":1,"people":[{}]}'],
    ...damages.map(
      ([name, more]) => [`with ${name}`, JSON.stringify({ version: 1, people: [{ ...whole, ...more }] })] as const,
    ),
  ])('whose file is %s are not replaced: pages say so, and nothing of the file', async (_name, text) => {
    const folder = temporaryFolder()
    const file = join(folder, 'pool-people.json')
    writeFileSync(file, text)
    const pool = await startPool(folder)
    const page = await fetch(`${pool.issuer}/second-factor`)
    const html = await page.text()
    expect([page.status, html]).toEqual([503, expect.stringContaining('Delete it to begin again')])
    expect(html + pool.lines.join()).not.toContain('secret')
    expect(readFileSync(file, 'utf8')).toBe(text)
    writeFileSync(file, JSON.stringify({ version: 1, people: [whole] }))
    expect((await fetch(`${pool.issuer}/second-factor`)).status).toBe(200)
  })

  it.each([
    ['no JSON', '[{"secret'],
    ['of a later version', '{"version":2,"entries":[]}'],
    ['without entries', '{"version":1}'],
    ['with an entry without members', '{"version":1,"entries":[{}]}'],
    ['with an entry that is null', '[null]'],
    ['with an entry without an end', '[{"model":"Session","id":"x","payload":{},"endsAt":null}]'],
  ])(
    'are not loaded with a file of sign-ins that is %s: pages say so, and it is left as it is',
    async (_name, text) => {
      const folder = temporaryFolder()
      const file = join(folder, 'pool-sign-ins.json')
      writeFileSync(file, text)
      const pool = await startPool(folder)
      const page = await fetch(`${pool.issuer}/second-factor`)
      const html = await page.text()
      expect([page.status, html]).toEqual([503, expect.stringContaining('Delete it: people sign in again')])
      expect(html + pool.lines.join()).not.toContain('secret')
      expect(readFileSync(file, 'utf8')).toBe(text)
      rmSync(file)
      expect(await signIn(pool, 'alice', 'fieldnotes-alice')).toBe(true)
      expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ version: 1, entries: expect.any(Array) })
    },
  )

  it('go on with sign-ins of an earlier version, whose file is a list', async () => {
    const folder = temporaryFolder()
    const first = await startPool(folder)
    const { tokens, visitor } = await signUpDora(first)
    await first.stop()
    const file = join(folder, 'pool-sign-ins.json')
    writeFileSync(file, JSON.stringify(JSON.parse(readFileSync(file, 'utf8')).entries))
    const second = await restart(first, folder)
    const app = await createApp(second)
    expect((await visitor.open((await app.start({ prompt: 'none' })).url)).url).toContain('code=')
    expect((await client.refreshTokenGrant(app.config, tokens.refresh_token ?? '')).access_token).toBeDefined()
  })

  it('are stored when the pool is loaded first: their passwords are hashed once', async () => {
    const folder = temporaryFolder()
    const pool = await startPool(folder)
    expect((await fetch(`${pool.issuer}/second-factor`)).status).toBe(200)
    expect(JSON.parse(readFileSync(join(folder, 'pool-people.json'), 'utf8')).people).toHaveLength(3)
  })

  it('are not loaded by the mailbox, nor by the style sheet', async () => {
    const folder = temporaryFolder()
    const pool = await startPool(folder)
    for (const path of ['/mailbox', '/pages/style.css']) expect((await fetch(pool.url + path)).status).toBe(200)
    expect(existsSync(join(folder, 'pool-people.json'))).toBe(false)
  })
})
