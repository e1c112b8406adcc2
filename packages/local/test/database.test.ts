/** The embedded database as a process: it restarts, it stops, and it never outlives its parent. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { hasDatabase, type Machine, startDatabase } from '../src/database.ts'
import { ensureTable } from '../src/ensure-table.ts'
import { UsageError } from '../src/usage-error.ts'
import { temporaryFolder } from './temporary-folder.ts'

const embedded = createRequire(new URL('../src/database.ts', import.meta.url)).resolve('@dynoxide/linux-x64/dynoxide')

/** A machine with setpriv, and one without. */
const machines: readonly [string, Machine][] = [
  ['setpriv', { embedded }],
  ['a shell', { embedded, setpriv: '/usr/bin/absent' }],
]

async function start(file?: string, machine?: Machine) {
  const reports: string[] = []
  const database = await startDatabase(file, (words) => reports.push(words), machine)
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

/** Process id of the program itself: its leash can have the same arguments. */
function programAt(endpoint: string): number {
  const [pid = 0] = processes(portOf(endpoint)).filter((each) =>
    readFileSync(`/proc/${each}/cmdline`, 'utf8').startsWith(`${embedded}\0`),
  )
  return pid
}

/** Starts a database from a process of its own, which can be killed. */
async function startInProcess(file: string, machine: Machine) {
  const module = new URL('../src/database.ts', import.meta.url).href
  const options = [file, machine].map((each) => JSON.stringify(each))
  const code = `const { startDatabase } = await import('${module}')
    const { endpoint } = await startDatabase(${options[0]}, () => {}, ${options[1]})
    console.log(endpoint)`
  const parent = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(parent.stdout, 'data')
  return { parent, endpoint: String(line).trim() }
}

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
})
afterEach(() => vi.unstubAllEnvs())

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
      await vi.waitFor(() => expect(processes(portOf(endpoint))).toEqual([]))
      expect(reports).toEqual([])
    })

    it('is gone once it was stopped although it was suspended', async () => {
      const { endpoint, stop } = await start(undefined, machine)
      process.kill(programAt(endpoint), 'SIGSTOP')
      await stop()
      await vi.waitFor(() => expect(processes(portOf(endpoint))).toEqual([]), { timeout: 20_000 })
    })

    it.each([
      ['runs', 'SIGCONT'],
      ['is suspended', 'SIGSTOP'],
    ] as const)('ends with a process that was killed by kill -9 while it %s', async (_how, signal) => {
      const file = join(temporaryFolder(), 'notes.db')
      const { parent, endpoint } = await startInProcess(file, machine)
      process.kill(programAt(endpoint), signal)
      parent.kill('SIGKILL')
      await vi.waitFor(() => expect(processes(portOf(endpoint))).toEqual([]), { timeout: 20_000 })
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

/** A stand-in for Docker's client: it runs the program at the published port, in the mounted folder. */
const docker = `#!/bin/sh
case "$1" in
version) exit $DAEMON ;;
image) exit 1 ;;
pull) echo "$2" >"$PULLED"; exit 0 ;;
esac
echo "$@" >"$PULLED.run"
while [ $# -gt 0 ]; do
  case "$1" in
  --publish) port=\${2#127.0.0.1:}; port=\${port%:8000} ;;
  --volume) folder=\${2%:/data} ;;
  -c) script=$2 ;;
  esac
  shift
done
exec sh -c "$script" sh '${embedded}' serve --host 127.0.0.1 --port "$port" \${folder:+--db-path "$folder/db"}
`

describe('on a platform without the embedded DynamoDB', () => {
  const elsewhere: Machine = { embedded: undefined, setpriv: '/usr/bin/absent' }

  function installDocker(daemon: 'answers' | 'is down') {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'docker'), docker, { mode: 0o755 })
    vi.stubEnv('PATH', `${folder}:${process.env.PATH}`)
    vi.stubEnv('DAEMON', daemon === 'answers' ? '0' : '1')
    vi.stubEnv('PULLED', join(folder, 'pulled'))
    return {
      image: () => readFileSync(join(folder, 'pulled'), 'utf8').trim(),
      line: () => readFileSync(join(folder, 'pulled.run'), 'utf8'),
    }
  }

  it('downloads DynamoDB Local, runs it in Docker, and keeps its tables in the data folder', async () => {
    const { image, line } = installDocker('answers')
    const file = join(temporaryFolder(), 'notes.db')
    const first = await start(file, elsewhere)
    expect(image()).toMatch(/^amazon\/dynamodb-local:\d+\.\d+\.\d+$/)
    expect(line()).toContain(`--entrypoint sh ${image()} -c`)
    expect(line()).toContain('java -jar DynamoDBLocal.jar -sharedDb -dbPath /data')
    await ensureTable(tableAt(first.endpoint), 'notes')
    await first.stop()
    await vi.waitFor(() => expect(processes(portOf(first.endpoint))).toEqual([]))
    expect(hasDatabase(dirname(file))).toBe(true)
    expect(await tables((await start(file, elsewhere)).endpoint)).toEqual(['fieldnotes'])
  })

  it('stores nothing without a file', async () => {
    const { line } = installDocker('answers')
    await start(undefined, elsewhere)
    expect(line()).toContain('-inMemory')
    expect(line()).not.toContain('--volume')
  })

  it('ends the container with a process that was killed by kill -9', async () => {
    installDocker('answers')
    const { parent, endpoint } = await startInProcess(join(temporaryFolder(), 'notes.db'), elsewhere)
    parent.kill('SIGKILL')
    await vi.waitFor(() => expect(processes(portOf(endpoint))).toEqual([]), { timeout: 20_000 })
  })

  it.each(['a daemon that is down', 'no client'])('says the two ways out in one line with %s', async (what) => {
    if (what === 'no client') vi.stubEnv('PATH', temporaryFolder())
    else installDocker('is down')
    const refusal = start(undefined, elsewhere)
    await expect(refusal).rejects.toThrow(/^[^\n]*Either start Docker[^\n]*or set DYNAMODB_ENDPOINT[^\n]*$/)
    await expect(refusal).rejects.toThrow(UsageError)
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
