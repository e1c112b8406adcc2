/** Starts a function that was bundled as it is deployed, with one event: processor time until its answer. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BuildRequest, bundleEntry, sealedVariables } from '@fieldnotes/cloud/bundle'

/** The answer of a new process. Both times are milliseconds of processor time of all threads, since it was created. */
export interface ColdAnswer {
  readonly statusCode: number
  readonly body: string
  /** Until the handler can be called. */
  readonly ready: number
  /** Until its answer. */
  readonly answered: number
}

/** Key of the sealed links. It is of the bench alone. */
const encryptionKey = Buffer.alloc(32).toString('base64')

/** What a folder gets: a build with its links, the source that takes its handler's place, and the event. */
export interface ColdBundle {
  readonly build: BuildRequest
  /** A file of this folder that exports `handler`. */
  readonly source: string
  readonly event: object
}

/** Writes the bundle and the event. */
export async function bundleInto(folder: string, { build, source, event }: ColdBundle): Promise<void> {
  const contents = `export { handler } from './${source}'\n`
  const stdin = { contents, resolveDir: import.meta.dirname, sourcefile: 'bundle.ts', loader: 'ts' } as const
  await bundleEntry(folder, { stdin, logLevel: 'error' }, { ...build, encryptionKey })
  writeFileSync(join(folder, 'event.json'), JSON.stringify(event))
}

/** Starts the bundle once. `config` replaces what can't be reached on this machine. */
export async function startBundle(folder: string, config: object): Promise<ColdAnswer> {
  const credentials = { AWS_ACCESS_KEY_ID: 'none', AWS_SECRET_ACCESS_KEY: 'none' }
  const own = { PATH: process.env.PATH ?? '', NODE_ENV: 'production', BENCH_CONFIG: JSON.stringify(config) }
  const child = spawn(process.execPath, [join(import.meta.dirname, 'minimal-runtime.mjs'), folder], {
    env: { ...own, ...credentials, ...sealedVariables(encryptionKey, folder) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part
  })
  await once(child, 'close')
  const { statusCode, body, spent } = JSON.parse(text.slice(text.lastIndexOf('\n') + 1))
  return { statusCode, body, ready: spent.load[0], answered: spent.answer[0] }
}
