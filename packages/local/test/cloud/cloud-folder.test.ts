/** What a local cloud keeps in its data folder, and what keeps it from starting. */
import { existsSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { runningIssuers } from '../../src/issuers/issuers-file.ts'
import { listen } from '../../src/listen.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { start } from './clouds.ts'

describe('startCloud', () => {
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
