/**
 * The process of one peer at one layer. It compares its answers, times slices on request, and compares again on
 * request.
 */

import { type Execute, executorOf, type Layer } from '../contract/layers.ts'
import { peer as floor } from '../peers/floor.ts'
import { entryOf, type PeerName } from '../peers/peer-list.ts'
import type { Timed } from '../world/operations.ts'
import { comparable, compareAnswers } from './compare-answers.ts'

/**
 * Repeats the operation until this many milliseconds of processor time are used: on a busy machine it takes longer, but
 * the sample is as large.
 */
export interface Slice {
  readonly operation: Timed
  readonly milliseconds: number
}

/** Result of a slice. */
export interface Sample {
  /** Microseconds of processor time per operation, of all threads. */
  readonly cpu: number
  /** Milliseconds of processor time of the whole slice. */
  readonly spent: number
}

/** The reply to `compare` is the list of compared operations, the reply to a slice is a sample. */
export type Task = Slice | 'compare'

/** Microseconds of processor time, of all threads. */
function microseconds(since?: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since)
  return user + system
}

/** Reads the clock once per batch: reading it costs as much as the fastest operations. */
async function time(execute: Execute, { operation, milliseconds }: Slice): Promise<Sample> {
  const start = process.cpuUsage()
  let [count, batch, used] = [0, 1, 0]
  while (used < milliseconds * 1000) {
    for (let call = 0; call < batch; call += 1) await execute(operation)
    count += batch
    const now = microseconds(start)
    if (now - used < 500) batch *= 2
    used = now
  }
  return { cpu: used / count, spent: used / 1000 }
}

async function open(name: PeerName, layer: Layer) {
  const entry = entryOf(name)
  const [expected, execute] = [await executorOf(floor, layer), await executorOf((await entry.load()).peer, layer)]
  if (!expected || !execute) throw new Error(`${name} has no ${layer}`)
  const compare = async (): Promise<string[]> => {
    const wrong = await compareAnswers(expected, execute, entry)
    if (wrong.length > 0) throw new Error(`${name} (${layer}) answers differently:\n  ${wrong.join('\n  ')}`)
    return comparable(expected, entry)
  }
  return { execute, compare }
}

const [name, layer] = process.argv.slice(2) as [PeerName, Layer]
const { execute, compare } = await open(name, layer)
process.on('message', async (task: Task) =>
  process.send?.(task === 'compare' ? await compare() : await time(execute, task)),
)
process.send?.(await compare())
