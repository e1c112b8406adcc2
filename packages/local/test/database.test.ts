/** The embedded database as a process: it restarts, it stops, and it never outlives its parent. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { startDatabase } from '../src/database.ts'
import { ensureTable } from '../src/ensure-table.ts'
import { temporaryFolder } from './temporary-folder.ts'

async function start(file?: string) {
  const reports: string[] = []
  const database = await startDatabase(file, (words) => reports.push(words))
  onTestFinished(database.stop)
  return { ...database, reports }
}

function tableAt(endpoint: string) {
  return { name: 'fieldnotes', region: 'eu-west-1', endpoint }
}

async function tables(endpoint: string): Promise<string[]> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const client = new DynamoDBClient({ endpoint, region: 'eu-west-1', credentials, maxAttempts: 1 })
  const { TableNames = [] } = await client.send(new ListTablesCommand({}))
  client.destroy()
  return TableNames
}

/** Ids of the processes whose command line contains `text`. */
function processes(text: string): number[] {
  return readPids().filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text)
    } catch {
      return false
    }
  })
}

function readPids(): number[] {
  return readdirSync('/proc').map(Number).filter(Number.isInteger)
}

function portOf(endpoint: string): string {
  return `--port\0${new URL(endpoint).port}`
}

vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')

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

  it('comes back at the same port with the same tables after a kill -9', async () => {
    const { endpoint, reports } = await start(join(temporaryFolder(), 'notes.db'))
    await ensureTable(tableAt(endpoint), 'notes')
    const [pid = 0] = processes(portOf(endpoint))
    process.kill(pid, 'SIGKILL')
    await vi.waitFor(async () => expect(await tables(endpoint)).toEqual(['fieldnotes']), {
      timeout: 10_000,
      interval: 50,
    })
    expect(reports).toEqual([expect.stringContaining('SIGKILL')])
  })

  it('is gone once it was stopped', async () => {
    const { endpoint, stop, reports } = await start()
    await stop()
    expect(processes(portOf(endpoint))).toEqual([])
    expect(reports).toEqual([])
  })

  it('ends with a process that was killed by kill -9', async () => {
    const module = new URL('../src/database.ts', import.meta.url).href
    const code = `const { endpoint } = await (await import('${module}')).startDatabase(undefined, () => {}); console.log(endpoint)`
    const parent = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = await once(parent.stdout, 'data')
    const port = portOf(String(line).trim())
    expect(processes(port)).toHaveLength(1)
    parent.kill('SIGKILL')
    await vi.waitFor(() => expect(processes(port)).toEqual([]), { timeout: 20_000 })
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
