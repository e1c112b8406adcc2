/** One new process that answers one event. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { answerOf } from '../layers.ts'
import type { Answer } from '../peer.ts'
import type { Bundle } from './bundle.ts'

/** Milliseconds: on the clock, and of processor time until its answer, which is the sum of the four that follow. */
export interface Start {
  readonly wall: number
  readonly cpu: number
  /** Of the main thread, until the first line of the program. */
  readonly boot: number
  /** Of the main thread, loading and running the bundle. */
  readonly load: number
  /** Of the main thread, answering. */
  readonly answer: number
  /** Of all other threads: V8's, which compile and collect. */
  readonly besides: number
}

/** What `start.mjs` prints: of all threads, and of the main one, since the process was made. */
type Spent = Readonly<Record<'boot' | 'load' | 'answer', readonly [all: number, main: number]>>

/** Flags are Node's own. */
interface Surroundings {
  readonly environment: Readonly<Record<string, string>>
  readonly flags?: readonly string[]
}

type Started = Pick<Bundle, 'directory' | 'variables'>

/** Starts `directory/bundle.mjs` and hands it `directory/event.json`. */
export async function startOnce(
  { directory, variables }: Started,
  { environment, flags = [] }: Surroundings,
): Promise<{ start: Start; answer: Answer }> {
  const before = performance.now()
  const child = spawn(process.execPath, [...flags, join(import.meta.dirname, 'start.mjs'), directory], {
    env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production', ...environment, ...variables },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let [text, wall] = ['', Number.NaN]
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part
    wall = performance.now() - before
  })
  await once(child, 'close')
  // Lines before the last one are the function's log.
  const { spent, ...response } = JSON.parse(text.slice(text.lastIndexOf('\n') + 1)) as { readonly spent: Spent }
  return { start: startOf(spent, wall), answer: answerOf(response) }
}

function startOf({ boot, load, answer }: Spent, wall: number): Start {
  return {
    wall,
    cpu: answer[0],
    boot: boot[1],
    load: load[1] - boot[1],
    answer: answer[1] - load[1],
    besides: answer[0] - answer[1],
  }
}
