/** Compares the busy time of one request with that of ordinary requests of the same size, in one run. */
import { performance } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { HostileRequest, MeasuredEndpoint } from './measured-endpoint.ts'

/** A hostile request, and ordinary ones of the same size. Each call creates a new one. */
export interface Pair {
  readonly hostile: () => HostileRequest
  /**
   * An accepted request, and an ordinary mistake where the hostile request is refused. The most expensive one is the
   * reference.
   */
  readonly plain: readonly (() => HostileRequest)[]
}

/**
 * Milliseconds in which this thread was busy with one request, without waiting for the database. `threadCpuUsage` is
 * not used, because some kernels count processor time in steps of 10 ms.
 */
async function busyFor(endpoint: MeasuredEndpoint, sent: HostileRequest): Promise<number> {
  const before = performance.eventLoopUtilization()
  await endpoint.send(sent)
  return performance.eventLoopUtilization(before).active
}

/** Milliseconds above which a few rounds are as good as one. */
const clearMs = 2
/** Rounds while the ratio is too high: on a busy machine one of them is undisturbed. */
const roundsMax = 24

/**
 * Ratio of the hostile request's busy time to that of its most expensive ordinary twin. Each time is the minimum of
 * several rounds, because other load only adds time. More rounds follow while the ratio is above `enough`.
 */
export async function ratioOf(endpoint: MeasuredEndpoint, { hostile, plain }: Pair, enough: number): Promise<number> {
  const least = { hostile: Number.POSITIVE_INFINITY, plain: plain.map(() => Number.POSITIVE_INFINITY) }
  for (let round = 0; round < roundsMax; round += 1) {
    for (const [at, twin] of plain.entries())
      least.plain[at] = Math.min(least.plain[at] ?? 0, await busyFor(endpoint, twin()))
    least.hostile = Math.min(least.hostile, await busyFor(endpoint, hostile()))
    const dearest = Math.max(...least.plain)
    const isClear = least.hostile * 2 <= enough * dearest || dearest > clearMs || round > 1
    if (isClear && least.hostile <= enough * dearest) break
  }
  return least.hostile / Math.max(...least.plain)
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Bytes in use after garbage collection. More than one collection is needed. */
async function held(): Promise<number> {
  for (let round = 0; round < 3; round += 1) {
    await setTimeout(10)
    collect()
  }
  return process.memoryUsage().heapUsed
}

/** Bytes that remain in use after this number of requests. */
export async function heldAfter(
  endpoint: MeasuredEndpoint,
  requests: number,
  next: (round: number) => HostileRequest,
): Promise<number> {
  const before = await held()
  for (let round = 0; round < requests; round += 1) await endpoint.send(next(round))
  return (await held()) - before
}
