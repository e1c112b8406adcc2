/** The embedded database as a process: it restarts, it stops, and it never outlives its parent. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { Machine } from '../../src/database.ts'
import { ensureTable } from '../../src/ensure-table.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import {
  embedded,
  programAt,
  start,
  startInProcess,
  tableAt,
  tables,
  untilGone,
  useLocalCredentials,
} from './databases.ts'

useLocalCredentials()

/** A machine with setpriv, and one without. */
const machines: readonly [string, Machine][] = [
  ['setpriv', { embedded }],
  ['a shell', { embedded, setpriv: '/usr/bin/absent' }],
]

describe('startDatabase', () => {
  it('serves DynamoDB, and keeps its tables in the file', async () => {
    const file = join(temporaryFolder(), 'notes.db')
    const first = await start(file)
    await ensureTable(tableAt(first.endpoint), 'notes')
    await first.stop()
    const second = await start(file)
    expect(await tables(second.endpoint)).toEqual(['fieldnotes'])
  })

  it('keeps nothing without a file', async () => {
    const { endpoint } = await start()
    expect(await tables(endpoint)).toEqual([])
  })

  describe.each(machines)('with %s as the leash', (_name, machine) => {
    it('comes back at the same port with the same tables after a kill -9', async () => {
      const { endpoint, reports } = await start(join(temporaryFolder(), 'notes.db'), machine)
      await ensureTable(tableAt(endpoint), 'notes')
      process.kill(programAt(endpoint), 'SIGKILL')
      await vi.waitFor(async () => expect(await tables(endpoint)).toEqual(['fieldnotes']), {
        timeout: 10_000,
        interval: 50,
      })
      expect(reports).toHaveLength(1)
      expect(reports[0]).toMatch(/^embedded DynamoDB ended \((SIGKILL|137)\)/)
    })

    it('is gone once it was stopped', async () => {
      const { endpoint, stop, reports } = await start(undefined, machine)
      await stop()
      await untilGone(endpoint)
      expect(reports).toEqual([])
    })

    it('is gone once it was stopped although it was suspended', async () => {
      const { endpoint, stop } = await start(undefined, machine)
      process.kill(programAt(endpoint), 'SIGSTOP')
      await stop()
      await untilGone(endpoint)
    })

    it.each([
      ['runs', 'SIGCONT'],
      ['is suspended', 'SIGSTOP'],
    ] as const)('ends with a process that was killed by kill -9 while it %s', async (_how, signal) => {
      const file = join(temporaryFolder(), 'notes.db')
      const { parent, endpoint } = await startInProcess(file, machine)
      process.kill(programAt(endpoint), signal)
      parent.kill('SIGKILL')
      await untilGone(endpoint)
      expect(await tables((await start(file, machine)).endpoint)).toEqual([])
    })
  })

  it('refuses a file that is no database, and leaves it as it is', async () => {
    const file = join(temporaryFolder(), 'notes.db')
    writeFileSync(file, 'no database at all, only words. '.repeat(100))
    await expect(start(file)).rejects.toThrow(/did not start: .*not a valid SQLite database/)
    expect(readFileSync(file, 'utf8')).toMatch(/^no database at all/)
  })

  it('refuses a path where no file can be', async () => {
    const file = join(temporaryFolder(), 'absent', 'notes.db')
    await expect(start(file)).rejects.toThrow(/did not start: .*unable to open/)
    expect(existsSync(file)).toBe(false)
  })
})

describe('ensureTable', () => {
  it('leaves a table that is there', async () => {
    const { endpoint } = await start()
    await ensureTable(tableAt(endpoint), 'notes')
    await ensureTable(tableAt(endpoint), 'notes')
    expect(await tables(endpoint)).toEqual(['fieldnotes'])
  })

  it('says where it found no DynamoDB', async () => {
    await expect(ensureTable(tableAt('http://127.0.0.1:1'), 'notes')).rejects.toThrow('DynamoDB at http://127.0.0.1:1')
  })
})
