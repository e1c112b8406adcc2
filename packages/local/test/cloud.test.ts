/** The whole local cloud, with a stand-in for the endpoint that echoes the path. */
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import type { Config } from '@fieldnotes/api/config'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { type CloudSettings, startCloud } from '../src/cloud.ts'
import { runningIssuers } from '../src/issuers/issuers-file.ts'
import { mint } from '../src/issuers/local-issuers.ts'
import { listen } from '../src/listen.ts'
import { temporaryFolder } from './temporary-folder.ts'

vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')

async function start(changes: Partial<CloudSettings> = {}) {
  const configs: Config[] = []
  const settings: CloudSettings = {
    port: 0,
    folder: temporaryFolder(),
    ephemeral: true,
    endpoint: undefined,
    region: 'eu-west-1',
    log: () => {},
    createHandler: (config) => {
      configs.push(config)
      return async (event) => ({ statusCode: 200, body: event.rawPath })
    },
    ...changes,
  }
  const cloud = await startCloud(settings)
  onTestFinished(cloud.stop)
  return { ...cloud, folder: settings.folder, config: configs[0] as Config }
}

async function json(url: string) {
  return (await (await fetch(url)).json()) as Record<string, unknown>
}

const rsa = { kty: 'RSA', alg: 'RS256' }
const ec = { kty: 'EC', crv: 'P-256', alg: 'ES256' }
const common = ['alg', 'kid', 'kty', 'use']

const contents = { person: 'alice', issuedAt: 1_000, expiresAt: 4_000_000_000, groups: [] }

describe('startCloud', () => {
  it('hands every path that is not its own to the endpoint', async () => {
    const { url } = await start()
    for (const path of ['/graphql', '/health', '/tokens/cognito/mallory', '/graphiql/../package.json', '/cognito'])
      expect(await (await fetch(url + path)).text()).toBe(new URL(path, url).pathname)
  })

  it.each([undefined, 'plans', 'graphql-js'] as const)('configures the executor %s', async (executor) => {
    const { config } = await start({ executor })
    expect(config.executor).toBe(executor)
  })

  it('publishes its issuers, for the owner alone, while it runs', async () => {
    const { url, folder, stop } = await start()
    const file = join(folder, 'issuers.json')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      issuers: [
        ['cognito', '/cognito/eu-west-1_Local0001', '/cognito/eu-west-1_Local0001/.well-known/jwks.json', rsa],
        ['firebase', '/firebase/demo-fieldnotes', '/firebase/demo-fieldnotes/.well-known/jwks.json', rsa],
        ['fieldnotes', '/oauth', '/oauth/jwks', ec],
      ].map(([name, issuer, jwks, key]) => ({
        name,
        issuer: `${url}${issuer}`,
        jwksUri: `${url}${jwks}`,
        privateJwk: expect.objectContaining({ kid: expect.any(String), d: expect.any(String), ...(key as object) }),
      })),
    })
    await stop()
    expect(existsSync(file)).toBe(false)
    expect(runningIssuers(folder)).toBeUndefined()
  })

  it('publishes the clients of its user pool, for the owner alone, while it runs', async () => {
    const { folder, stop } = await start()
    const file = join(folder, 'clients.json')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(JSON.parse(readFileSync(file, 'utf8')).clients).toEqual([
      {
        name: 'web',
        client_id: 'localclient0001',
        redirect_uris: ['127.0.0.1', 'localhost'].flatMap((host) => [
          `http://${host}/callback`,
          `http://${host}/session/callback`,
        ]),
        grants: ['authorization_code', 'refresh_token'],
      },
      {
        name: 'session',
        client_id: 'localsession0001',
        client_secret: expect.stringMatching(/^[\w-]{48}$/),
        redirect_uris: ['http://127.0.0.1/session/callback', 'http://localhost/session/callback'],
        grants: ['authorization_code', 'refresh_token'],
      },
      {
        name: 'machine',
        client_id: 'localmachine0001',
        client_secret: expect.stringMatching(/^[\w-]{48}$/),
        redirect_uris: [],
        grants: ['client_credentials'],
      },
    ])
    await stop()
    expect(existsSync(file)).toBe(false)
  })

  it('loads the pages of sign-in at their first request, and keeps their people in the folder', async () => {
    const folder = temporaryFolder()
    const { url } = await start({ folder, ephemeral: false })
    const file = join(folder, 'pool-people.json')
    expect(existsSync(file)).toBe(false)
    expect((await fetch(`${url}/cognito/eu-west-1_Local0001/second-factor`)).status).toBe(200)
    const { headers } = await fetch(`${url}/mailbox`)
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  })

  it('serves discovery and key sets with which every token of its issuers verifies', async () => {
    const { folder } = await start()
    for (const row of runningIssuers(folder) ?? []) {
      const discovered = await json(`${row.issuer}/.well-known/openid-configuration`)
      expect(discovered).toMatchObject({ issuer: row.issuer, jwks_uri: row.jwksUri })
      expect(discovered.id_token_signing_alg_values_supported).toEqual([row.privateJwk.alg])
      const token = await mint(row, contents)
      await jwtVerify(token, createRemoteJWKSet(new URL(String(discovered.jwks_uri))), { issuer: row.issuer })
    }
    expect(runningIssuers(folder)).toHaveLength(3)
  })

  it('shows no private member of a key', async () => {
    const { folder } = await start()
    for (const { jwksUri } of runningIssuers(folder) ?? []) {
      const { keys } = await json(jwksUri)
      const names = (keys as object[]).map((key) => Object.keys(key).sort())
      expect(names).toEqual([[...common, ...(jwksUri.endsWith('/oauth/jwks') ? ['crv', 'x', 'y'] : ['e', 'n'])].sort()])
    }
  })

  it('configures the endpoint to trust exactly its issuers', async () => {
    const { folder, url, config } = await start()
    const running = runningIssuers(folder) ?? []
    expect(config.issuers.map(({ issuer, jwksUri }) => [issuer, jwksUri])).toEqual(
      running.map(({ issuer, jwksUri }) => [issuer, jwksUri]),
    )
    expect(config).toMatchObject({ stage: 'local', resource: `${url}/graphql`, development: true })
    expect(Buffer.from(config.cursorSecrets[0] ?? '', 'base64url')).toHaveLength(32)
  })

  it('keeps its keys and its database over a restart', async () => {
    const folder = temporaryFolder()
    const first = await start({ folder, ephemeral: false })
    const keys = runningIssuers(folder)?.map((row) => row.privateJwk)
    await first.stop()
    expect(existsSync(join(folder, 'notes.db'))).toBe(true)
    const second = await start({ folder, ephemeral: false })
    expect(runningIssuers(folder)?.map((row) => row.privateJwk)).toEqual(keys)
    expect(second.config.cursorSecrets).toEqual(first.config.cursorSecrets)
  })

  it('keeps nothing when it is ephemeral', async () => {
    const { folder, url, stop } = await start()
    const signIn = await fetch(`${url}/identitytoolkit.googleapis.com/v1/accounts:signInWithPassword?key=any`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'alice@firebase.example', password: 'fieldnotes-alice' }),
    })
    expect(signIn.status).toBe(200)
    await stop()
    const files = ['keys.json', 'notes.db', 'issuers.json', 'clients.json', 'pool-people.json', 'firebase.json', 'lock']
    expect(files.filter((file) => existsSync(join(folder, file)))).toEqual([])
  })

  it('believes tokens of kept keys when it is ephemeral too', async () => {
    const folder = temporaryFolder()
    const kept = await start({ folder, ephemeral: false })
    const kid = runningIssuers(folder)?.[0]?.privateJwk.kid
    await kept.stop()
    await start({ folder })
    expect(runningIssuers(folder)?.[0]?.privateJwk.kid).toBe(kid)
  })

  it('makes a table of its own on a foreign DynamoDB when it is ephemeral, and deletes it', async () => {
    const { table } = await start()
    const guest = await start({ endpoint: table.endpoint })
    expect(guest.table.name).toMatch(/^fieldnotes-[\w-]{36}$/)
    await guest.stop()
    const again = await start({ endpoint: table.endpoint })
    expect(again.table.name).not.toBe(guest.table.name)
  })

  it('refuses a second start in the same folder, and the first lives on', async () => {
    const { folder, url } = await start()
    await expect(start({ folder })).rejects.toThrow(`Already running: process ${process.pid} uses ${folder}`)
    expect((await fetch(`${url}/health`)).status).toBe(200)
  })

  it('starts where a killed one left its lock, and where a lock makes no sense', async () => {
    const folder = temporaryFolder()
    for (const lock of ['4000000 1', `${process.pid} 1`, '-1 ', 'x', '']) {
      writeFileSync(join(folder, 'lock'), lock)
      await (await start({ folder })).stop()
    }
  })

  describe('whose data folder is deleted while it runs', () => {
    async function startKept(createHandler?: CloudSettings['createHandler']) {
      const folder = join(temporaryFolder(), 'data')
      const words: unknown[] = []
      const log: CloudSettings['log'] = (_level, event, details) => event === 'data_folder' && words.push(details)
      const cloud = await start({ folder, ephemeral: false, log, ...(createHandler && { createHandler }) })
      return { ...cloud, folder, words }
    }
    const statusOf = async (url: string) => (await fetch(url)).status

    it('says so without a request, and refuses every request from then on', async () => {
      const { url, folder, words } = await startKept()
      expect(await statusOf(`${url}/health`)).toBe(200)
      rmSync(folder, { recursive: true })
      await vi.waitFor(() => expect(words).toHaveLength(1), { timeout: 10_000 })
      expect(JSON.stringify(words)).toContain(`${folder}/lock was deleted or replaced. Nothing is stored any more`)
      mkdirSync(folder)
      for (const path of ['/health', '/graphql', '/mailbox', '/tokens/cognito/alice'])
        expect(await statusOf(url + path)).toBe(503)
      expect(words).toHaveLength(1)
    })

    it('confirms no write that was under way', async () => {
      let doomed = ''
      const { url, folder } = await startKept(() => async () => {
        rmSync(doomed, { recursive: true })
        return { statusCode: 200, body: 'stored' }
      })
      doomed = folder
      const response = await fetch(`${url}/graphql`, { method: 'POST' })
      expect(response.status).toBe(503)
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAVAILABLE' } }] })
    })

    it.each(['notes.db', 'notes.db-wal'])('notices that %s alone is gone, and every answer says so', async (name) => {
      const { url, folder } = await startKept()
      rmSync(join(folder, name))
      for (const authorization of ['', 'Bearer x']) {
        const response = await fetch(`${url}/graphql?query={me{id}}`, { headers: { authorization } })
        expect(response.status).toBe(503)
        expect(await response.json()).toMatchObject({ errors: [{ message: expect.stringContaining('was deleted') }] })
      }
    })

    it('leaves the folder to the cloud that made it anew', async () => {
      const first = await startKept()
      rmSync(first.folder, { recursive: true })
      const second = await start({ folder: first.folder, ephemeral: false })
      await first.stop()
      expect(runningIssuers(first.folder)).toHaveLength(3)
      expect(await statusOf(`${second.url}/health`)).toBe(200)
      await expect(start({ folder: first.folder })).rejects.toThrow('Already running')
    })

    it('goes on when it is ephemeral, because it stores nothing there', async () => {
      const { url, folder } = await start()
      rmSync(folder, { recursive: true })
      expect(await statusOf(`${url}/health`)).toBe(200)
    })
  })

  it('refuses a taken port, and leaves nothing behind', async () => {
    const taken = await listen(0)
    onTestFinished(taken.stop)
    const folder = temporaryFolder()
    const port = Number(new URL(taken.url).port)
    await expect(start({ folder, port })).rejects.toThrow(`Port ${port} is taken`)
    expect(existsSync(join(folder, 'lock'))).toBe(false)
  })

  it.each([
    ['at once', () => Promise.reject(new Error('no such setting'))],
    ['later', () => new Promise<never>((_, reject) => setImmediate(() => reject(new Error('no such setting'))))],
  ])('ends everything when the endpoint refuses %s', async (_, createHandler) => {
    const folder = temporaryFolder()
    await expect(start({ folder, createHandler })).rejects.toThrow('no such setting')
    expect(existsSync(join(folder, 'lock'))).toBe(false)
    await start({ folder })
  })

  it('refuses a DynamoDB that it can not reach', async () => {
    await expect(start({ endpoint: 'http://127.0.0.1:1' })).rejects.toThrow('DynamoDB at http://127.0.0.1:1')
  })

  it('listens on 127.0.0.1 only', async () => {
    const port = Number(new URL((await start()).url).port)
    const other = createServer().listen(port, '127.0.0.2')
    onTestFinished(() => void other.close())
    await expect(new Promise((resolve) => other.once('listening', resolve))).resolves.toBeUndefined()
  })
})
