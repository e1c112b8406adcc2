/** The folder where the local cloud stores its data. A lock file allows one cloud at a time. */
import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileIdentity } from './file-identity.ts'
import { UsageError, wordsOf } from './usage-error.ts'

/** Milliseconds that a start waits for a cloud that is shutting down. */
const patience = 2_000

/** The lock file of a data folder. */
export function lockOf(folder: string): string {
  return join(folder, 'lock')
}

/** Start time of a process, on Linux: it distinguishes a process from a later one that was given the same id. */
function startTimeOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')')).split(' ')[20] ?? ''
  } catch {
    return ''
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Process id of the cloud that uses `folder` now. The lock file of a killed cloud is ignored. */
export function holderOf(folder: string): number | undefined {
  try {
    const [pid = '', started = ''] = readFileSync(lockOf(folder), 'utf8').split(' ')
    const alive = /^\d+$/.test(pid) && isAlive(Number(pid)) && startTimeOf(Number(pid)) === started
    return alive ? Number(pid) : undefined
  } catch {
    return undefined
  }
}

/** Creates the folder unless it exists. @throws UsageError when it can't be used */
export function openFolder(folder: string): void {
  try {
    // One level only: a recursive `mkdir` below /proc never returns.
    if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 })
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new UsageError(`The data folder ${folder} can't be used: ${wordsOf(error)}. Make it a folder of yours.`)
  }
}

/**
 * Locks `folder` for this process and creates it if necessary. Returns a function that unlocks it, unless another
 * cloud has locked it since.
 * @throws UsageError when the folder can't be used, or when another cloud uses it
 */
export async function takeFolder(folder: string): Promise<() => unknown> {
  openFolder(folder)
  for (let waited = 0; holderOf(folder) !== undefined; waited += 100) {
    if (waited >= patience)
      throw new UsageError(`Already running: process ${holderOf(folder)} uses ${folder}. End it first.`)
    await wait(100)
  }
  writePrivately(lockOf(folder), `${process.pid} ${startTimeOf(process.pid)}`)
  const lock = fileIdentity(lockOf(folder))
  return () => fileIdentity(lockOf(folder)) === lock && rmSync(lockOf(folder), { force: true })
}

/**
 * Writes a file that only its owner can read, atomically: readers never see a part of it, and a failed write leaves no
 * draft.
 * @throws UsageError when it can't be written
 */
export function writePrivately(file: string, text: string): void {
  const draft = `${file}.${process.pid}`
  try {
    writeFileSync(draft, text, { mode: 0o600 })
    renameSync(draft, file)
  } catch (error) {
    rmSync(draft, { force: true })
    throw new UsageError(`${file} can't be written: ${wordsOf(error)}.`)
  }
}
