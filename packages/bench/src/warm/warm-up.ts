/** Executes every peer's operations until its compilers have settled. */
import type { Worker } from './worker-pool.ts'

/** Duration of the warm-up. */
export interface WarmUpPlan {
  /** Duration of one slice. */
  readonly warmUpMilliseconds: number
  /** Maximum number of passes over all operations, after which a peer counts as warm. */
  readonly passesMax: number
}

const patience = { passesMin: 7, staleMax: 3, gain: 0.97 }

/** Warms two peers at a time: nothing is measured yet. */
export async function warmUp(workers: readonly Worker[], plan: WarmUpPlan): Promise<void> {
  const waiting = [...workers]
  const warmNext = async (): Promise<void> => {
    const worker = waiting.pop()
    if (!worker) return
    await warmOne(worker, plan)
    return warmNext()
  }
  await Promise.all([warmNext(), warmNext()])
}

/**
 * Repeats until passes no longer become faster, because compilers differ in how long they take. All operations
 * are interleaved, as in the measurement: optimising for one can deoptimise another.
 */
async function warmOne(worker: Worker, { warmUpMilliseconds, passesMax }: WarmUpPlan): Promise<void> {
  let [best, stale] = [Number.POSITIVE_INFINITY, 0]
  for (let pass = 0; pass < passesMax && stale < patience.staleMax; pass += 1) {
    const cost = await onePass(worker, warmUpMilliseconds)
    stale = cost < best * patience.gain || pass < patience.passesMin ? 0 : stale + 1
    best = Math.min(best, cost)
  }
}

/** Sum of the costs of one execution of each operation. */
async function onePass(worker: Worker, milliseconds: number): Promise<number> {
  let cost = 0
  for (const operation of worker.operations) cost += (await worker.time({ operation, milliseconds })).cpu
  return cost
}
