/** One peer at one layer in a process of its own. Compares its answers first, then times slices as it is told. */
import { judge } from './judge.ts'
import { type Ask, askOf, type Layer } from './layers.ts'
import { peer as floor } from './peers/floor.ts'
import { entryOf, type PeerName } from './peers.ts'

/** Ask this operation over and over for so many milliseconds. */
export interface Slice {
  readonly operation: string
  readonly milliseconds: number
}

/** Microseconds per operation: processor time of all threads, and wall time. */
export interface Sample {
  readonly cpu: number
  readonly wall: number
}

const time = async (ask: Ask, { operation, milliseconds }: Slice): Promise<Sample> => {
  const usage = process.cpuUsage()
  const start = performance.now()
  const end = start + milliseconds
  let [count, now] = [0, start]
  while (now < end) {
    await ask(operation)
    now = performance.now()
    count += 1
  }
  const { user, system } = process.cpuUsage(usage)
  return { cpu: (user + system) / count, wall: ((now - start) * 1000) / count }
}

const open = async (name: PeerName, layer: Layer): Promise<Ask> => {
  const { load, unguarded = false } = entryOf(name)
  const [expected, ask] = [await askOf(floor, 'engine'), await askOf((await load()).peer, layer)]
  if (!expected || !ask) throw new Error(`${name} has no ${layer}`)
  const wrong = await judge(expected, ask, unguarded)
  if (wrong.length > 0) throw new Error(`${name} (${layer}) answers differently:\n  ${wrong.join('\n  ')}`)
  return ask
}

const [name, layer] = process.argv.slice(2) as [PeerName, Layer]
const ask = await open(name, layer)
process.on('message', async (slice: Slice) => process.send?.(await time(ask, slice)))
process.send?.('same answers')
