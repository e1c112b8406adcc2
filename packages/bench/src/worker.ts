/** One peer at one layer in a process of its own. Compares its answers first, then times slices as it is told. */
import { judge } from './judge.ts'
import { type Ask, askOf, type Layer } from './layers.ts'
import { peer as floor } from './peers/floor.ts'
import { entryOf, type PeerName } from './peers.ts'

/** Ask this operation over and over until so many milliseconds of processor time are used: a busy machine then takes longer, not less. */
export interface Slice {
  readonly operation: string
  readonly milliseconds: number
}

/** Microseconds per operation: processor time of all threads, and wall time. */
export interface Sample {
  readonly cpu: number
  readonly wall: number
}

const microseconds = (since?: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since)
  return user + system
}

/** Looks at the clock only now and then: looking costs as much as the fastest operations. */
const time = async (ask: Ask, { operation, milliseconds }: Slice): Promise<Sample> => {
  const [usage, start] = [process.cpuUsage(), performance.now()]
  let [count, batch, used] = [0, 1, 0]
  while (used < milliseconds * 1000) {
    for (let call = 0; call < batch; call += 1) await ask(operation)
    count += batch
    const now = microseconds(usage)
    if (now - used < 500) batch *= 2
    used = now
  }
  return { cpu: used / count, wall: ((performance.now() - start) * 1000) / count }
}

const open = async (name: PeerName, layer: Layer): Promise<Ask> => {
  const entry = entryOf(name)
  const [expected, ask] = [await askOf(floor, layer), await askOf((await entry.load()).peer, layer)]
  if (!expected || !ask) throw new Error(`${name} has no ${layer}`)
  const wrong = await judge(expected, ask, entry)
  if (wrong.length > 0) throw new Error(`${name} (${layer}) answers differently:\n  ${wrong.join('\n  ')}`)
  return ask
}

const [name, layer] = process.argv.slice(2) as [PeerName, Layer]
const ask = await open(name, layer)
process.on('message', async (slice: Slice) => process.send?.(await time(ask, slice)))
process.send?.('same answers')
