/** The peak memory of this process while something runs, sampled by another thread: the measured one may be busy. */
import { setTimeout } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Worker } from 'node:worker_threads'

/** Bytes are stored as kilobytes: `Atomics` takes 32 bits. */
const sampler = `
const { workerData } = require('node:worker_threads')
const peak = new Int32Array(workerData)
for (;;) {
  Atomics.store(peak, 0, Math.max(Atomics.load(peak, 0), Math.round(process.memoryUsage.rss() / 1024)))
  Atomics.wait(peak, 1, 0, 2)
}`

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Bytes by which the resident set grew at most while `act` ran. */
export async function peakOf(act: () => Promise<unknown>): Promise<number> {
  const shared = new SharedArrayBuffer(8)
  const peak = new Int32Array(shared)
  const worker = new Worker(sampler, { eval: true, workerData: shared })
  while (Atomics.load(peak, 0) === 0) await setTimeout(5)
  collect()
  await setTimeout(20)
  const before = process.memoryUsage.rss() / 1024
  Atomics.store(peak, 0, 0)
  try {
    await act()
    await setTimeout(10)
    return Math.max(0, Atomics.load(peak, 0) - before) * 1024
  } finally {
    await worker.terminate()
  }
}
