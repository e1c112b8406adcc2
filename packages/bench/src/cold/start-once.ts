/** One new process that answers one event. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Answer } from '../peer.ts'

/** Milliseconds from spawning the process to its answer, and of processor time in between. */
export interface Start {
  readonly wall: number
  readonly cpu: number
}

/** Starts `directory/bundle.mjs` and hands it `directory/event.json`. */
export const startOnce = async (
  directory: string,
  environment: Readonly<Record<string, string>>,
): Promise<{ start: Start; answer: Answer }> => {
  const before = performance.now()
  const child = spawn(process.execPath, [join(import.meta.dirname, 'start.mjs'), directory], {
    env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let [text, wall] = ['', Number.NaN]
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part
    wall = performance.now() - before
  })
  await once(child, 'close')
  const { body, cpu } = JSON.parse(text) as { body: string; cpu: number }
  return { start: { wall, cpu }, answer: JSON.parse(body) as Answer }
}
