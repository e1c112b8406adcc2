/** The whole cloud is killed while it exports: started again, it goes on, and every note is there once. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { filesOf, manifestOf } from '../../../exporter/test/kit/read-archive.ts'
import { ask } from '../support/graphql-client.ts'
import { createFolder, deleteFolder, type LocalCloud, startLocalCloud } from '../support/local-cloud.ts'
import { issuerAt } from '../support/own-issuer.ts'
import { exchanged, readUntil } from './walk.ts'

const folder = createFolder()
let cloud: LocalCloud | undefined
afterAll(async () => {
  await cloud?.end()
  deleteFolder(folder)
})

const notes = 400

/** Names of the objects in the store. */
function stored(): string {
  const archives = join(folder, 'archives')
  return existsSync(archives) ? readdirSync(archives, { recursive: true }).join(' ') : ''
}

async function write(url: string, token: string): Promise<void> {
  const query = 'mutation ($input: CreateNotesInput!) { createNotes(input: $input) { notes { id } } }'
  for (let from = 0; from < notes; from += 25) {
    const some = Array.from({ length: 25 }, (_, index) => ({
      title: `Note ${from + index}`,
      content: 'x'.repeat(2000),
    }))
    expect((await ask(url, { token, query, variables: { input: { notes: some } } })).codes).toEqual({})
  }
}

async function post(url: string, authorization: string) {
  const response = await fetch(`${url}/exporter/exports`, { method: 'POST', headers: { authorization } })
  return { status: response.status, path: new URL(response.headers.get('location') ?? url).pathname }
}

async function tokenAt(running: LocalCloud, subject: string): Promise<string> {
  return `Bearer ${await exchanged(issuerAt(running), 'portal', subject, 'exporter')}`
}

it('an export that kill -9 ends is complete after the next request, at the same location', async () => {
  const first = await startLocalCloud(folder)
  cloud = first
  const port = new URL(first.url).port
  await write(first.url, await issuerAt(first).subject('cognito'))
  const begun = await post(first.url, await tokenAt(first, await issuerAt(first).subject('cognito')))
  // The first page of notes is stored, and most are not.
  await expect.poll(stored, { interval: 1 }).toContain('part-1-')
  await first.end('SIGKILL')
  expect(stored()).not.toContain('archive-')

  const second = await startLocalCloud(folder, [], { PORT: port })
  cloud = second
  const authorization = await tokenAt(second, await issuerAt(second).subject('cognito'))
  const again = await post(second.url, authorization)
  expect([begun.status, again.status, again.path]).toEqual([202, 202, begun.path])
  const read = async () => (await fetch(second.url + again.path, { headers: { authorization } })).json()
  await readUntil(async () => (await read()).status, 'done')
  const archive = await fetch((await read()).archive, { headers: { authorization } })
  const { files } = manifestOf(await filesOf(new Uint8Array(await archive.arrayBuffer())))
  expect(new Set(files.map(({ path }) => path.replace(/-[0-9a-f]{16}\.md$/, ''))).size).toBe(notes + 1)
  expect(files.length).toBe(notes + 1)
})
