/** A local cloud whose data folder, or a file in it, is deleted while it runs: it confirms nothing that is gone. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { CloudSettings } from '../../src/cloud.ts'
import { runningIssuers } from '../../src/issuers/issuers-file.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { start } from './clouds.ts'

describe('a cloud whose data folder is deleted while it runs', () => {
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
    expect(JSON.stringify(words)).toContain(
      `${folder}/lock was deleted, replaced or closed. Nothing is stored any more`,
    )
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

  it.each(['notes.db', 'notes.db-wal', 'keys.json'])(
    'notices that %s alone is gone, and every answer says so',
    async (name) => {
      const { url, folder } = await startKept()
      rmSync(join(folder, name))
      for (const authorization of ['', 'Bearer x']) {
        const response = await fetch(`${url}/graphql?query={me{id}}`, { headers: { authorization } })
        expect(response.status).toBe(503)
        expect(await response.json()).toMatchObject({ errors: [{ message: expect.stringContaining('was deleted') }] })
      }
    },
  )

  it('leaves the folder to the cloud that made it anew', async () => {
    const first = await startKept()
    rmSync(first.folder, { recursive: true })
    const second = await start({ folder: first.folder, ephemeral: false })
    await first.stop()
    expect(runningIssuers(first.folder)).toHaveLength(3)
    expect(await statusOf(`${second.url}/health`)).toBe(200)
    await expect(start({ folder: first.folder })).rejects.toThrow('Already running')
  })

  it('goes on without a database that it does not use', async () => {
    const { table } = await start()
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'notes.db'), '')
    const { url } = await start({ folder, ephemeral: false, endpoint: table.endpoint })
    rmSync(join(folder, 'notes.db'))
    expect(await statusOf(`${url}/health`)).toBe(200)
    rmSync(join(folder, 'keys.json'))
    expect(await statusOf(`${url}/health`)).toBe(503)
  })

  it('goes on when it is ephemeral, because it stores nothing there', async () => {
    const { url, folder } = await start()
    rmSync(folder, { recursive: true })
    expect(await statusOf(`${url}/health`)).toBe(200)
  })
})
