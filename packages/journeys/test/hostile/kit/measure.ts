/** Working time of one request beside that of a plain request of the same size, in one run. */
import { performance } from 'node:perf_hooks'
import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Endpoint, Sent } from './endpoint.ts'

/** A request that tries to cost much, and an ordinary one of the same bytes. Each call makes a new one. */
export interface Pair {
  readonly hostile: () => Sent
  readonly plain: () => Sent
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

/**
 * How many times the working time of its plain twin a request takes: the least of several rounds of each, since whatever
 * else the machine does only adds. More rounds follow while the ratio is above `enough`.
 */
export async function ratioOf(endpoint: Endpoint, pair: Pair, enough: number): Promise<number> {
  let hostile = Number.POSITIVE_INFINITY
  let plain = Number.POSITIVE_INFINITY
  for (let round = 0; round < 12; round += 1) {
    plain = Math.min(plain, await busyFor(endpoint, pair.plain()))
    hostile = Math.min(hostile, await busyFor(endpoint, pair.hostile()))
    const isClear = hostile * 2 <= enough * plain || plain > clearMs
    if (hostile <= enough * plain && (isClear || round > 1)) break
  }
  return hostile / plain
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Bytes of the heap that are held after everything that can be freed is freed. */
async function held(): Promise<number> {
  await setImmediate()
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** Bytes that stay held after so many requests. */
export async function heldAfter(endpoint: Endpoint, requests: number, next: (round: number) => Sent): Promise<number> {
  const before = await held()
  for (let round = 0; round < requests; round += 1) await endpoint.send(next(round))
  return (await held()) - before
}
