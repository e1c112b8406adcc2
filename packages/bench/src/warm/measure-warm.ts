/** The warm measurement: slices of all peers, interleaved in rounds, so that other load affects all alike. */
import { type Layer, layers } from '../contract/layers.ts'
import type { Watch } from '../measure/machine.ts'
import { median } from '../measure/statistics.ts'
import { entryOf, type PeerName } from '../peers/peer-list.ts'
import { type Timed, timedNames } from '../world/operations.ts'
import { type WarmUpPlan, warmUp } from './warm-up.ts'
import { openWorker, type Worker } from './worker-pool.ts'

/** Extent of a warm measurement. */
export interface WarmPlan extends WarmUpPlan {
  readonly only: readonly PeerName[]
  readonly rounds: number
  /** Lists get four times as much, so that a recompilation is only a small part of a slice. */
  readonly sliceMilliseconds: number
}

/**
 * Microseconds of processor time per operation, one value for each round. Operations that a peer can't be compared on
 * are not timed.
 */
export interface WarmRow {
  readonly name: PeerName
  readonly rounds: Readonly<Partial<Record<Timed, readonly number[]>>>
}

/** Rows of each layer. */
export type WarmTables = Readonly<Record<Layer, readonly WarmRow[]>>

/** Median over the rounds; NaN when the operation was not timed. */
export function cpuOf({ rounds }: WarmRow, operation: Timed): number {
  return median(rounds[operation] ?? [])
}

/** Callbacks for progress and for other load. */
export interface Observer {
  readonly note: (line: string) => void
  readonly watch: Watch
}

/**
 * Opens every peer, which compares its answers; times all; compares the answers again.
 * @throws Error when an answer of any peer differs: no figures are returned
 */
export async function measureWarm(plan: WarmPlan, observer: Observer): Promise<WarmTables> {
  const workers: Worker[] = []
  try {
    for (const name of plan.only) await openBoth(name, workers)
    observer.note(`answers compared: ${workers.length} processes, one per row and layer`)
    await warmUp(workers, plan)
    const rows = workers.map((worker) => ({ worker, rounds: roundsOf(worker) }))
    for (let round = 0; round < plan.rounds; round += 1)
      await oneRound(slices(rows, plan, round), `round ${round + 1} of ${plan.rounds}`, observer)
    for (const worker of workers) await worker.compare()
    return tables(rows)
  } finally {
    await Promise.all(workers.map((worker) => worker.close()))
  }
}

/** Waits for both even when one fails, so that the other is closed. */
async function openBoth(name: PeerName, workers: Worker[]): Promise<void> {
  const { peer } = await entryOf(name).load()
  const offered = layers.filter((layer) => (layer === 'engine' ? peer.engine : peer.handler))
  const opened = await Promise.allSettled(offered.map((layer) => openWorker(name, layer)))
  for (const result of opened) if (result.status === 'fulfilled') workers.push(result.value)
  for (const result of opened) if (result.status === 'rejected') throw result.reason
}

interface Row {
  readonly worker: Worker
  readonly rounds: Partial<Record<Timed, number[]>>
}

function roundsOf({ operations }: Worker): Row['rounds'] {
  return Object.fromEntries(operations.map((operation) => [operation, []]))
}

/** One slice per row for each operation that the row can be timed on. */
function slices(rows: readonly Row[], { sliceMilliseconds }: WarmPlan, round: number) {
  return timedNames.flatMap((operation) =>
    rotated(rows, round).flatMap(({ worker, rounds }) => {
      const milliseconds = sliceMilliseconds * (operation === 'list' ? 4 : 1)
      const samples = rounds[operation]
      return samples ? [{ worker, samples, slice: { operation, milliseconds } }] : []
    }),
  )
}

async function oneRound(all: ReturnType<typeof slices>, name: string, { note, watch }: Observer): Promise<void> {
  note(name)
  const end = watch.begin()
  let own = 0
  for (const { worker, samples, slice } of all) {
    const { cpu, spent } = await worker.time(slice)
    samples.push(cpu)
    own += spent
  }
  end(name, own)
}

/** A different order each round, so that no peer always follows the same other one; odd rounds are reversed. */
function rotated<Item>(items: readonly Item[], round: number): Item[] {
  const start = (round * 7) % items.length
  const turned = [...items.slice(start), ...items.slice(0, start)]
  return round % 2 === 1 ? turned.reverse() : turned
}

function tables(rows: readonly Row[]): WarmTables {
  const of = (layer: Layer): WarmRow[] =>
    rows.filter(({ worker }) => worker.layer === layer).map(({ worker, rounds }) => ({ name: worker.name, rounds }))
  return { engine: of('engine'), lambda: of('lambda') }
}
