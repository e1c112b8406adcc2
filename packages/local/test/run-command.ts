import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

export interface Ended {
  readonly status: number | null
  readonly out: string
  readonly err: string
}

function source(file: string): string {
  return fileURLToPath(new URL(`../src/${file}`, import.meta.url))
}

/** Runs `src/<file>` with `words` as arguments until it ends. */
export async function runCommand(file: string, words: string[], environment = {}): Promise<Ended> {
  const env = { ...process.env, ...environment }
  const child = spawn(process.execPath, [source(file), ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const [status, out, err] = await Promise.all([ended, text(child.stdout), text(child.stderr)])
  return { status, out, err }
}
