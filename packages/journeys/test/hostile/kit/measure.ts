/** Working time of one request beside that of plain requests of the same size, in one run. */
import { performance } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Endpoint, Sent } from './endpoint.ts'

/** A request that tries to cost much, and ordinary ones of the same bytes. Each call makes a new one. */
export interface Pair {
  readonly hostile: () => Sent
  /** What is taken, and an ordinary mistake where the hostile one is refused. The dearest of them counts. */
  readonly plain: readonly (() => Sent)[]
}

/**
 * Milliseconds in which this thread was busy with one request, without those in which it waited for the database. Not
 * `threadCpuUsage`: some kernels count processor time in steps of 10 ms.
 */
async function busyFor(endpoint: Endpoint, sent: Sent): Promise<number> {
  const before = performance.eventLoopUtilization()
  await endpoint.send(sent)
  return performance.eventLoopUtilization(before).active
}

/** Beyond so many milliseconds a few rounds tell no more than one. */
const clearMs = 2
const roundsMax = 12

/**
 * How many times the working time of its dearest plain twin a request takes: the least of several rounds of each, since
 * whatever else the machine does only adds. More rounds follow while the ratio is above `enough`.
 */
export async function ratioOf(endpoint: Endpoint, { hostile, plain }: Pair, enough: number): Promise<number> {
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

/** Bytes that are held after everything that can be freed is freed, which takes more than one collection. */
async function held(): Promise<number> {
  for (let round = 0; round < 3; round += 1) {
    await setTimeout(10)
    collect()
  }
  return process.memoryUsage().heapUsed
}

/** Bytes that stay held after so many requests. */
export async function heldAfter(endpoint: Endpoint, requests: number, next: (round: number) => Sent): Promise<number> {
  const before = await held()
  for (let round = 0; round < requests; round += 1) await endpoint.send(next(round))
  return (await held()) - before
}
