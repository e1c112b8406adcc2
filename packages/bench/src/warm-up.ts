/** Asks every peer until its compilers have done what they will do. */
import type { Worker } from './worker-pool.ts'

export interface WarmUpPlan {
  /** Of one slice. */
  readonly warmUpMilliseconds: number
  /** Passes over all operations after which a peer counts as warm, whatever it still gains. */
  readonly passesMax: number
}

const patience = { passesMin: 7, staleMax: 3, gain: 0.97 }

/** Two at a time: nothing is measured yet. */
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
 * Until it no longer gets faster: compilers differ in how long they take. All operations in turn, as they will be measured:
 * what one of them teaches the compiler makes it forget another.
 */
async function warmOne(worker: Worker, { warmUpMilliseconds, passesMax }: WarmUpPlan): Promise<void> {
  let [best, stale] = [Number.POSITIVE_INFINITY, 0]
  for (let pass = 0; pass < passesMax && stale < patience.staleMax; pass += 1) {
    const cost = await onePass(worker, warmUpMilliseconds)
    stale = cost < best * patience.gain || pass < patience.passesMin ? 0 : stale + 1
    best = Math.min(best, cost)
  }
}

/** The sum of what one of each costs. */
async function onePass(worker: Worker, milliseconds: number): Promise<number> {
  let cost = 0
  for (const operation of worker.operations) cost += (await worker.time({ operation, milliseconds })).cpu
  return cost
}
