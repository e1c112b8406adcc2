/** What survives when the process or its database is killed. */

import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { startDatabase } from '@fieldnotes/local/database'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ask } from './support/graphql-client.ts'
import {
  childrenOf,
  createFolder,
  deleteFolder,
  type LocalCloud,
  startLocalCloud,
  tokenOf,
} from './support/local-cloud.ts'

const ends: (() => unknown)[] = []

async function start(folder: string, words: string[] = [], environment = {}): Promise<LocalCloud> {
  const cloud = await startLocalCloud(folder, words, environment)
  ends.push(cloud.end)
  return cloud
}

function freshFolder(): string {
  const folder = createFolder()
  ends.push(() => deleteFolder(folder))
  return folder
}

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

/** The embedded database also where other journeys use another one: these tests stop it. */
const ownDatabase = { DYNAMODB_ENDPOINT: undefined }

/** The process of the embedded database. */
function databaseOf({ pid }: LocalCloud): number {
  const [database, ...others] = childrenOf(pid)
  if (database === undefined || others.length > 0) throw new Error('not one child process')
  return database
}

const alice = ['--issuer', 'cognito', '--as', 'alice']

async function titles(url: string, token: string) {
  const { status, data, codes } = await ask(url, { token, query: '{ notes { nodes { title } } }' })
  return status === 200 ? data.notes.nodes.map((note: { title: string }) => note.title) : [status, codes]
}

function write(url: string, token: string, title: string) {
  return ask(url, { token, query: `mutation { createNote(input: { title: "${title}" }) { note { id } } }` })
}

describe('kill -9', () => {
  it('keeps the notes, the tokens and the port free for the next start', async () => {
    const first = await start(freshFolder(), [], ownDatabase)
    const token = await tokenOf(first, ...alice)
    expect((await write(first.url, token, 'kept')).codes).toEqual({})
    await first.end('SIGKILL')
    const second = await start(first.folder, [], { ...ownDatabase, PORT: new URL(first.url).port })
    expect(second.url).toBe(first.url)
    expect(await titles(second.url, token)).toEqual(['kept'])
  })

  it('leaves no process behind', async () => {
    const cloud = await start(freshFolder(), [], ownDatabase)
    const children = childrenOf(cloud.pid)
    expect(children).toHaveLength(1)
    await cloud.end('SIGKILL')
    const isGone = (pid: number) => !existsSync(`/proc/${pid}`) || / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    await vi.waitFor(() => expect(children.every(isGone)).toBe(true), { timeout: 20_000 })
  })

  it('of the database loses no note, and recovers without an operator', async () => {
    const cloud = await start(freshFolder(), [], ownDatabase)
    const token = await tokenOf(cloud, ...alice)
    await write(cloud.url, token, 'kept')
    const database = databaseOf(cloud)
    process.kill(database, 'SIGKILL')
    await vi.waitFor(async () => expect(await titles(cloud.url, token)).toEqual(['kept']), { timeout: 20_000 })
    expect(childrenOf(cloud.pid)).not.toContain(database)
  })
})

/** A proxy in front of the database that can cut the connection. */
async function cuttable(endpoint: string) {
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(Number(new URL(endpoint).port), '127.0.0.1')
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => {})
    }
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
    near.pipe(far).pipe(near)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const cut = async () => {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    for (const socket of sockets) socket.destroy()
    await closed
  }
  return { endpoint: `http://127.0.0.1:${port}`, cut, mend: () => once(server.listen(port, '127.0.0.1'), 'listening') }
}

describe('a database out of reach', () => {
  it('is UNAVAILABLE, 503 with Retry-After, for reads and writes, never a refusal; it recovers by itself', async () => {
    const database = await startDatabase(undefined, () => {})
    ends.push(database.stop)
    const way = await cuttable(database.endpoint)
    ends.push(way.cut)
    const cloud = await start(freshFolder(), [], { DYNAMODB_ENDPOINT: way.endpoint })
    const token = await tokenOf(cloud, ...alice)
    await write(cloud.url, token, 'before')
    await way.cut()
    for (const answer of [
      await ask(cloud.url, { token, query: '{ notes { nodes { title } } }' }),
      await write(cloud.url, token, 'lost'),
    ]) {
      expect(answer.status).toBe(503)
      expect(Object.values(answer.codes)).toEqual(['UNAVAILABLE'])
      expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
      expect(answer.text).not.toMatch(/ECONNREFUSED|127\.0\.0\.1| at |node_modules/)
    }
    expect((await fetch(`${cloud.url}/health`)).status).toBe(200)
    await way.mend()
    await vi.waitFor(async () => expect(await titles(cloud.url, token)).toEqual(['before']), { timeout: 20_000 })
  })
})

/** Sends SIGSTOP and waits until every thread has stopped: a thread that still runs would answer. */
async function stopAll(pid: number): Promise<void> {
  process.kill(pid, 'SIGSTOP')
  const threads = readdirSync(`/proc/${pid}/task`)
  const isStopped = (thread: string) => / [Tt] /.test(readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8'))
  await vi.waitFor(() => expect(threads.every(isStopped)).toBe(true), { timeout: 20_000 })
}

describe('a database that hangs', () => {
  it('is UNAVAILABLE too, and answers again once it goes on', async () => {
    const cloud = await start(freshFolder(), [], ownDatabase)
    const token = await tokenOf(cloud, ...alice)
    await write(cloud.url, token, 'kept')
    const database = databaseOf(cloud)
    await stopAll(database)
    const hanging = await titles(cloud.url, token)
    process.kill(database, 'SIGCONT')
    expect(hanging).toEqual([503, { notes: 'UNAVAILABLE' }])
    await vi.waitFor(async () => expect(await titles(cloud.url, token)).toEqual(['kept']), { timeout: 20_000 })
  })
})

describe('Ctrl-C', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    '%s ends everything with status 0, and leaves no issuers and no lock',
    async (signal) => {
      const cloud = await start(freshFolder(), [], ownDatabase)
      const children = childrenOf(cloud.pid)
      expect(await cloud.end(signal)).toBe(0)
      expect(children.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([])
      for (const file of ['issuers.json', 'lock']) expect(existsSync(join(cloud.folder, file))).toBe(false)
    },
  )
})
