/** The local cloud as a separate process, started as `npm start` starts it. */
import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process'
import { on, once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Target } from './first-notes.ts'
import { ask } from './graphql-client.ts'

export interface LocalCloud {
  readonly url: string
  readonly folder: string
  readonly pid: number
  /** Its output up to this call, of both streams: an answer can arrive before the lines that were logged for it. */
  readonly printed: () => Promise<string>
  /** Ends it; resolves to the exit status, `null` when a signal ended it. */
  readonly end: (signal?: NodeJS.Signals) => Promise<number | null>
}

function program(name: string): string {
  return fileURLToPath(import.meta.resolve(`@fieldnotes/local/${name}`))
}

/** Creates an empty data folder. */
export function createFolder(): string {
  return mkdtempSync(join(tmpdir(), 'fieldnotes-'))
}

/** Deletes a data folder. */
export function deleteFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}

const started = /GraphQL +POST (http:\S+)\/graphql/

/** @throws Error when it ends before it serves */
async function untilStarted(child: ChildProcessWithoutNullStreams, printed: () => string): Promise<string> {
  const ended = new AbortController()
  child.once('exit', () => ended.abort())
  try {
    for await (const _ of on(child.stdout, 'data', { signal: ended.signal })) {
      const [, url] = started.exec(printed()) ?? []
      if (url) return url
    }
  } catch (error) {
    if (!ended.signal.aborted) throw error
  }
  throw new Error(`did not start: ${printed()}`)
}

/** Starts a cloud on a free port, or on `environment.PORT`; resolves when it serves. */
export function startLocalCloud(folder: string, words: string[] = [], environment = {}): Promise<LocalCloud> {
  const env = { ...process.env, PORT: '0', ...environment }
  return serving(
    spawn(process.execPath, [program('start'), '--data', folder, ...words], { env, stdio: 'pipe' }),
    folder,
  )
}

/**
 * A cloud that was just started as `child`; resolves when it serves.
 * @throws Error with its output when it ends before
 */
export async function serving(child: ChildProcessWithoutNullStreams, folder: string): Promise<LocalCloud> {
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk))
  const url = await untilStarted(child, () => text)
  const printed = async () => {
    const { headers } = await ask(url, { query: '{ __typename }' })
    const last = headers.get('x-request-id') ?? 'no id'
    while (!text.includes(last)) await once(child.stdout, 'data')
    return text
  }
  const end = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
    const gone = once(child, 'exit')
    child.kill(signal)
    const [status] = await gone
    return status
  }
  return { url, folder, pid: child.pid ?? 0, printed, end }
}

/** A token of the token command: `tokenOf(cloud, '--issuer', 'cognito', '--as', 'alice')`. */
export async function tokenOf({ folder }: { readonly folder: string }, ...words: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [program('token'), ...words, '--data', folder])
  return stdout.trim()
}

/** A local cloud as a target of the first journey. */
export function atLaptop(cloud: LocalCloud): Target {
  return {
    token: (caller) => tokenOf(cloud, ...Object.entries(caller).flatMap(([flag, value]) => [`--${flag}`, value])),
    ask: (question) => ask(cloud.url, question),
  }
}

/** Ids of the child processes of `pid`. */
export function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((each) => parentOf(each) === pid)
}

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')')).split(' ')[2])
  } catch {
    return undefined
  }
}
