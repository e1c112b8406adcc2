/** The warm measurement: slices of all peers interleaved, round after round, so that a noisy neighbour disturbs all alike. */
import { layers } from './layers.ts'
import { type Timed, timed } from './operations.ts'
import { entryOf, type PeerName, peerNames } from './peers.ts'
import { median } from './statistics.ts'
import type { Sample } from './worker.ts'
import { openWorker, type Worker } from './worker-pool.ts'

export interface WarmPlan {
  /** All peers, unless told. */
  readonly only?: readonly PeerName[]
  readonly rounds: number
  /** Four times as long for lists: when the engine compiles their code anew, that must not be most of a slice. */
  readonly sliceMilliseconds: number
  /** Of one slice before measuring. */
  readonly warmUpMilliseconds: number
  /** Passes over all operations after which a peer counts as warm, whatever it still gains. */
  readonly passesMax: number
}

/** Microseconds per operation, medians over the rounds. */
export interface WarmRow {
  readonly name: PeerName
  readonly cpu: Readonly<Record<Timed, number>>
  readonly wall: Readonly<Record<Timed, number>>
}

export type WarmTables = Readonly<Record<Worker['layer'], readonly WarmRow[]>>

const operations = Object.keys(timed) as Timed[]

/**
 * Opens every peer (which compares its answers), then times them all.
 * @throws Error when an answer of any peer differs: then nothing is timed.
 */
export const measureWarm = async (plan: WarmPlan, note: (line: string) => void): Promise<WarmTables> => {
  const workers: Worker[] = []
  try {
    for (const name of plan.only ?? peerNames) workers.push(...(await openBoth(name)))
    note(`answers compared: ${workers.length} ways of asking, ${operations.length} operations timed of each`)
    await warmUp(workers, plan)
    return tables(workers, await allRounds(workers, plan, note))
  } finally {
    for (const worker of workers) worker.close()
  }
}

const openBoth = async (name: PeerName): Promise<Worker[]> => {
  const { peer } = await entryOf(name).load()
  const offered = layers.filter((layer) => (layer === 'engine' ? peer.engine : peer.handler))
  return Promise.all(offered.map((layer) => openWorker(name, layer)))
}

/** Two at a time: nothing is measured yet. */
const warmUp = async (workers: readonly Worker[], plan: WarmPlan) => {
  const waiting = [...workers]
  const warmNext = async (): Promise<void> => {
    const worker = waiting.pop()
    if (!worker) return
    await warmOne(worker, plan)
    return warmNext()
  }
  await Promise.all([warmNext(), warmNext()])
}

const patience = { passesMin: 7, staleMax: 3, gain: 0.97 }

/**
 * Until it no longer gets faster: compilers differ in how long they take. All operations in turn, as they will be measured:
 * what one of them teaches the compiler makes it forget another.
 */
const warmOne = async (worker: Worker, { warmUpMilliseconds, passesMax }: WarmPlan): Promise<void> => {
  let [best, stale] = [Number.POSITIVE_INFINITY, 0]
  for (let pass = 0; pass < passesMax && stale < patience.staleMax; pass += 1) {
    const cost = await onePass(worker, warmUpMilliseconds)
    stale = cost < best * patience.gain || pass < patience.passesMin ? 0 : stale + 1
    best = Math.min(best, cost)
  }
}

/** The sum of what one of each costs. */
const onePass = async (worker: Worker, milliseconds: number): Promise<number> => {
  let cost = 0
  for (const operation of operations) cost += (await worker.time({ operation, milliseconds })).cpu
  return cost
}

type Samples = Map<Worker, Map<Timed, Sample[]>>

const allRounds = async (workers: readonly Worker[], plan: WarmPlan, note: (line: string) => void) => {
  const samples: Samples = new Map(workers.map((worker) => [worker, new Map(operations.map((name) => [name, []]))]))
  for (let round = 0; round < plan.rounds; round += 1) {
    note(`round ${round + 1} of ${plan.rounds}`)
    await oneRound(rotated(workers, round), plan, samples)
  }
  return samples
}

const oneRound = async (workers: readonly Worker[], { sliceMilliseconds }: WarmPlan, samples: Samples) => {
  for (const operation of operations) {
    const milliseconds = sliceMilliseconds * (operation === 'list' ? 4 : 1)
    for (const worker of workers)
      samples
        .get(worker)
        ?.get(operation)
        ?.push(await worker.time({ operation, milliseconds }))
  }
}

/** Another order each round, so that nobody always follows the same neighbour: odd rounds run backwards. */
const rotated = <Item>(items: readonly Item[], round: number): Item[] => {
  const start = (round * 7) % items.length
  const turned = [...items.slice(start), ...items.slice(0, start)]
  return round % 2 === 1 ? turned.reverse() : turned
}

const tables = (workers: readonly Worker[], samples: Samples): WarmTables => {
  const rows = (layer: Worker['layer']) =>
    workers.filter((worker) => worker.layer === layer).map((worker) => row(worker.name, samples.get(worker)))
  return { engine: rows('engine'), lambda: rows('lambda') }
}

const row = (name: PeerName, samples: Map<Timed, Sample[]> | undefined): WarmRow => {
  const medians = (kind: keyof Sample) =>
    Object.fromEntries(
      operations.map((operation) => [operation, median((samples?.get(operation) ?? []).map((sample) => sample[kind]))]),
    ) as Record<Timed, number>
  return { name, cpu: medians('cpu'), wall: medians('wall') }
}
