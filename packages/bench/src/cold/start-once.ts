/** Starts a new process that answers one event. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { answerOf } from '../contract/layers.ts'
import type { GraphQLResponse } from '../contract/peer.ts'
import type { Bundle } from './bundle-entry.ts'

/**
 * Milliseconds of one start: wall-clock time, and processor time until the answer, which is the sum of the next four.
 */
export interface Start {
  readonly wall: number
  readonly cpu: number
  /** Main thread, before the program's first line. */
  readonly boot: number
  /** Main thread, loading and running the bundle. */
  readonly load: number
  /** Main thread, answering. */
  readonly answer: number
  /** Other threads: V8's compiler and garbage collector. */
  readonly besides: number
}

/** Output of `minimal-runtime.mjs`: times of all threads and of the main thread, since the process was created. */
type Spent = Readonly<Record<'boot' | 'load' | 'answer', readonly [all: number, main: number]>>

/** Flags are Node's own. */
interface StartOptions {
  readonly environment: Readonly<Record<string, string>>
  readonly flags?: readonly string[]
}

type Started = Pick<Bundle, 'directory' | 'variables'>

/** Starts `directory/bundle.mjs` with `directory/event.json`. */
export async function startOnce(
  { directory, variables }: Started,
  { environment, flags = [] }: StartOptions,
): Promise<{ start: Start; answer: GraphQLResponse }> {
  const before = performance.now()
  const child = spawn(process.execPath, [...flags, join(import.meta.dirname, 'minimal-runtime.mjs'), directory], {
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
