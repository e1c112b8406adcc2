/** One peer at one layer in a process of its own. Compares its answers first, then times slices, and compares again, as it is told. */
import { comparable, judge } from './judge.ts'
import { type Ask, askOf, type Layer } from './layers.ts'
import type { Timed } from './operations.ts'
import { peer as floor } from './peers/floor.ts'
import { entryOf, type PeerName } from './peers.ts'

/** Ask this operation over and over until so many milliseconds of processor time are used: a busy machine then takes longer, not less. */
export interface Slice {
  readonly operation: Timed
  readonly milliseconds: number
}

export interface Sample {
  /** Microseconds of processor time per operation, of all threads. */
  readonly cpu: number
  /** Milliseconds of it that the whole slice took. */
  readonly spent: number
}

/** `compare` is answered with the names of the operations that were compared, a slice with a sample. */
export type Task = Slice | 'compare'

/** Microseconds of processor time, of all threads. */
function microseconds(since?: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since)
  return user + system
}

/** Looks at the clock only now and then: looking costs as much as the fastest operations. */
async function time(ask: Ask, { operation, milliseconds }: Slice): Promise<Sample> {
  const start = process.cpuUsage()
  let [count, batch, used] = [0, 1, 0]
  while (used < milliseconds * 1000) {
    for (let call = 0; call < batch; call += 1) await ask(operation)
    count += batch
    const now = microseconds(start)
    if (now - used < 500) batch *= 2
    used = now
  }
  return { cpu: used / count, spent: used / 1000 }
}

async function open(name: PeerName, layer: Layer) {
  const entry = entryOf(name)
  const [expected, ask] = [await askOf(floor, layer), await askOf((await entry.load()).peer, layer)]
  if (!expected || !ask) throw new Error(`${name} has no ${layer}`)
  const compare = async (): Promise<string[]> => {
    const wrong = await judge(expected, ask, entry)
    if (wrong.length > 0) throw new Error(`${name} (${layer}) answers differently:\n  ${wrong.join('\n  ')}`)
    return comparable(expected, entry)
  }
  return { ask, compare }
}

const [name, layer] = process.argv.slice(2) as [PeerName, Layer]
const { ask, compare } = await open(name, layer)
process.on('message', async (task: Task) =>
  process.send?.(task === 'compare' ? await compare() : await time(ask, task)),
)
process.send?.(await compare())
