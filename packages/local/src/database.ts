/** The embedded DynamoDB: a native program on SQLite, one process on a free port of 127.0.0.1. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createConnection, createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { supervise } from './supervise.ts'
import { UsageError } from './usage-error.ts'

/** A running database. */
export interface Database {
  readonly endpoint: string
  readonly stop: () => Promise<void>
}

/** Milliseconds after which the program must accept connections. */
const startLimit = 10_000

const waysOut =
  'Either run `npm start` on Linux x64, or set DYNAMODB_ENDPOINT to another DynamoDB, such as DynamoDB Local ' +
  '(docker run -p 8000:8000 amazon/dynamodb-local, then DYNAMODB_ENDPOINT=http://127.0.0.1:8000 npm start).'

function findProgram(): string {
  const name = '@dynoxide/linux-x64'
  try {
    return createRequire(import.meta.url).resolve(`${name}/dynoxide`)
  } catch {
    throw new UsageError(
      `The embedded DynamoDB (${name}) does not run on ${process.platform}-${process.arch}. ${waysOut}`,
    )
  }
}

/** The kernel ends the program whenever this process ends, even by SIGKILL (prctl(2), PR_SET_PDEATHSIG). */
const leash = { program: '/usr/bin/setpriv', args: ['--pdeathsig', 'TERM'] }

function findLeash(): void {
  try {
    accessSync(leash.program)
  } catch {
    throw new UsageError(
      `${leash.program} is missing; it belongs to util-linux. Install that, or set DYNAMODB_ENDPOINT.`,
    )
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

async function isListening(port: number): Promise<boolean> {
  const socket = createConnection(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

async function untilListening(child: ChildProcess, port: number): Promise<void> {
  let words = ''
  child.stderr?.on('data', (chunk) => {
    words = `${words}${chunk}`.slice(-500)
  })
  for (let waited = 0; waited < startLimit; waited += 20) {
    if (child.exitCode !== null || child.signalCode !== null) break
    if (await isListening(port)) return
    await wait(20)
  }
  child.kill('SIGKILL')
  throw new UsageError(
    `The embedded DynamoDB did not start: ${words.trim() || `nothing listens after ${startLimit} ms`}`,
  )
}

/**
 * Starts the program in its own process group: Ctrl-C signals only this process, which stops the database after the
 * last request.
 */
function run(args: readonly string[]): ChildProcess {
  const child = spawn(leash.program, args, { stdio: ['ignore', 'ignore', 'pipe'], detached: true })
  child.stderr?.resume()
  return child
}

/**
 * Starts the embedded DynamoDB on `file` (in memory without one), and restarts it whenever it ends. `report` receives
 * one line for each restart.
 * @throws UsageError on a platform that has no such program, and for a file that it can't open
 */
export async function startDatabase(file: string | undefined, report: (words: string) => void): Promise<Database> {
  const program = findProgram()
  findLeash()
  const port = await freePort()
  const stored = file ? ['--db-path', file] : []
  const args = [...leash.args, program, 'serve', '--host', '127.0.0.1', '--port', String(port), ...stored]
  const start = () => run(args)
  const child = start()
  await untilListening(child, port)
  const { stop } = supervise(child, start, (words) => report(`embedded DynamoDB ${words}`))
  return { endpoint: `http://127.0.0.1:${port}`, stop }
}
