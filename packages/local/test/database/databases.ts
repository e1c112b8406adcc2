/** Databases that a test starts, their tables and their processes. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { afterEach, beforeEach, expect, onTestFinished, vi } from 'vitest'
import { type Machine, startDatabase } from '../../src/database.ts'

/** The program of the embedded DynamoDB. */
export const embedded = createRequire(new URL('../../src/database.ts', import.meta.url)).resolve(
  '@dynoxide/linux-x64/dynoxide',
)

/** Starts a database, which stops at the end of the test. */
export async function start(file?: string, machine?: Machine) {
  const reports: string[] = []
  const database = await startDatabase(file, (words) => reports.push(words), machine)
  onTestFinished(database.stop)
  return { ...database, reports }
}

/** The table of the notes at a database. */
export function tableAt(endpoint: string) {
  return { name: 'fieldnotes', region: 'eu-west-1', endpoint }
}

/** Names of the tables of a database. */
export async function tables(endpoint: string): Promise<string[]> {
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

/** Waits until no process serves at the port of `endpoint`. */
export async function untilGone(endpoint: string): Promise<void> {
  await vi.waitFor(() => expect(processes(portOf(endpoint))).toEqual([]), { timeout: 20_000 })
}

/** Process id of the program itself: its leash can have the same arguments. */
export function programAt(endpoint: string): number {
  const [pid = 0] = processes(portOf(endpoint)).filter((each) =>
    readFileSync(`/proc/${each}/cmdline`, 'utf8').startsWith(`${embedded}\0`),
  )
  return pid
}

/** Starts a database from a process of its own, which can be killed. */
export async function startInProcess(file: string, machine: Machine) {
  const module = new URL('../../src/database.ts', import.meta.url).href
  const options = [file, machine].map((each) => JSON.stringify(each))
  const code = `const { startDatabase } = await import('${module}')
    const { endpoint } = await startDatabase(${options[0]}, () => {}, ${options[1]})
    console.log(endpoint)`
  const parent = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(parent.stdout, 'data')
  return { parent, endpoint: String(line).trim() }
}

/** Credentials of the tests, for any database. */
export function useLocalCredentials(): void {
  beforeEach(() => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
  })
  afterEach(() => vi.unstubAllEnvs())
}
