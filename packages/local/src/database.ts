/**
 * The laptop's DynamoDB, one process on a free port of 127.0.0.1: the embedded one, a native program on SQLite, or
 * DynamoDB Local in Docker on platforms that the former has no program for.
 */
import type { ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { get } from 'node:http'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { dockerLine, prepareDocker, sharedFileIn } from './docker-dynamodb.ts'
import { freePort } from './free-port.ts'
import { spawnHeld, spawnLeashed } from './leash.ts'
import { supervise } from './supervise.ts'
import { UsageError } from './usage-error.ts'

/** A running database. */
export interface Database {
  readonly endpoint: string
  /** What it stores in: without these paths, what was written is lost. */
  readonly files: readonly string[]
  readonly stop: () => Promise<void>
}

/** What this machine has. Tests describe another machine by it. */
export interface Machine {
  /** Path of the embedded DynamoDB; undefined on a platform without one. */
  readonly embedded: string | undefined
  /** Path of setpriv, which may be missing. */
  readonly setpriv?: string
}

/** How a database is started. */
interface Program {
  readonly name: string
  readonly files: readonly string[]
  readonly spawn: (port: number) => ChildProcess
  /** Milliseconds after which it must answer. */
  readonly startLimit: number
}

function thisMachine(): Machine {
  try {
    return { embedded: createRequire(import.meta.url).resolve('@dynoxide/linux-x64/dynoxide') }
  } catch {
    return { embedded: undefined }
  }
}

/** The file of the embedded DynamoDB in a data folder. */
export function fileIn(folder: string): string {
  return join(folder, 'notes.db')
}

/** SQLite's write-ahead log, which has what is stored since the last checkpoint. It exists while the file is in use. */
export function logIn(folder: string): string {
  return logOf(fileIn(folder))
}

function logOf(file: string): string {
  return `${file}-wal`
}

/** Where DynamoDB Local stores, beside the file of the embedded DynamoDB. */
function containerFolder(folder: string): string {
  return join(folder, 'dynamodb-local')
}

/** Whether a database was stored in this data folder. */
export function hasDatabase(folder: string): boolean {
  return existsSync(fileIn(folder)) || existsSync(containerFolder(folder))
}

function embeddedProgram(path: string, file: string | undefined, setpriv: string | undefined): Program {
  const stored = file ? ['--db-path', file] : []
  const line = (port: number) => [path, 'serve', '--host', '127.0.0.1', '--port', String(port), ...stored]
  const files = file ? [file, logOf(file)] : []
  return { name: 'embedded DynamoDB', files, spawn: (port) => spawnLeashed(line(port), setpriv), startLimit: 10_000 }
}

function dockerProgram(file: string | undefined): Program {
  const missing = prepareDocker()
  if (missing)
    throw new UsageError(
      `The embedded DynamoDB has no program for ${process.platform}-${process.arch}, and ${missing.fault}. ` +
        `Either ${missing.remedy}, or set DYNAMODB_ENDPOINT to another DynamoDB.`,
    )
  const folder = file && containerFolder(dirname(file))
  const spawn = (port: number) => spawnHeld(dockerLine(port, folder))
  const files = folder ? [folder, sharedFileIn(folder)] : []
  return { name: 'DynamoDB Local in Docker', files, spawn, startLimit: 60_000 }
}

/** Any HTTP response counts. A connection does not: Docker accepts connections before the container listens. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, agent: false, timeout: 1_000 }, (response) => {
      response.resume()
      resolve(true)
    })
    request.on('timeout', () => request.destroy())
    request.on('error', () => resolve(false))
  })
}

function isRunning({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid !== undefined && exitCode === null && signalCode === null
}

async function untilAnswering(child: ChildProcess, port: number, { name, startLimit }: Program): Promise<void> {
  let words = ''
  child.stderr?.on('data', (chunk) => {
    words = `${words}${chunk}`.slice(-500)
  })
  child.on('error', (error) => {
    words = error.message
  })
  const deadline = performance.now() + startLimit
  while (performance.now() < deadline && isRunning(child)) {
    if (await answers(port)) return
    await wait(20)
  }
  const reason = words.trim() || reasonOf(child, startLimit)
  child.kill('SIGKILL')
  throw new UsageError(`The ${name} did not start: ${reason}`)
}

/** Why a program does not answer that wrote nothing. */
function reasonOf({ exitCode, signalCode }: ChildProcess, startLimit: number): string {
  const end = signalCode ?? exitCode
  return end === null ? `nothing answers after ${startLimit} ms` : `it ended with ${end}`
}

/**
 * Starts a database on `file` (in memory without one), and restarts it whenever it ends. `report` receives one line for
 * each restart.
 * @throws UsageError on a platform that has neither program, and for a file that it can't open
 */
export async function startDatabase(
  file: string | undefined,
  report: (words: string) => void,
  { embedded, setpriv }: Machine = thisMachine(),
): Promise<Database> {
  const program = embedded === undefined ? dockerProgram(file) : embeddedProgram(embedded, file, setpriv)
  const port = await freePort()
  const start = () => program.spawn(port)
  const child = start()
  await untilAnswering(child, port, program)
  const { stop } = supervise(child, start, (words) => report(`${program.name} ${words}`))
  return { endpoint: `http://127.0.0.1:${port}`, files: program.files, stop }
}
