/** Four processes of the endpoint that share one table of buckets. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Batch, Counts } from './limit-process.ts'
import type { World } from './world.ts'

const program = fileURLToPath(new URL('limit-process.ts', import.meta.url))

/** The burst and the rate of each application in the race. */
export const raceLimit = { burst: 20, perSecond: 10 }

/** The processes. */
export interface Processes {
  /** Each sends the batch; resolves to how many requests of all had each status. */
  readonly send: (batch: Batch) => Promise<Counts>
  readonly stop: () => Promise<void>
}

/** Starts four processes. The caller stops them. */
export async function startProcesses({ config }: World): Promise<Processes> {
  const env = { ...process.env, LIMIT_CONFIG: JSON.stringify(config) }
  const children = Array.from({ length: 4 }, () => fork(program, { env }))
  await Promise.all(children.map((child) => once(child, 'message')))
  return {
    send: async (batch) => {
      const all = await Promise.all(children.map((child) => answered(child, batch)))
      return all.reduce(added)
    },
    stop: async () => {
      const ended = children.map((child) => once(child, 'exit'))
      for (const child of children) child.disconnect()
      await Promise.all(ended)
    },
  }
}

async function answered(child: ChildProcess, batch: Batch): Promise<Counts> {
  const answer = once(child, 'message')
  child.send(batch)
  return (await answer)[0]
}

function added(a: Counts, b: Counts): Counts {
  const statuses = [...new Set([...Object.keys(a), ...Object.keys(b)])].map(Number)
  return Object.fromEntries(statuses.map((status) => [status, (a[status] ?? 0) + (b[status] ?? 0)]))
}

/** Sends 200 requests at once with a key of which nothing was used. */
export async function race(world: World, processes: Processes, id: string): Promise<Counts> {
  const [token, key] = [await world.tokenOf('limited'), await world.newKey(id)]
  return processes.send({ count: 50, token, key, at: Date.now() })
}

/** What was permitted in a period of time, and the most that the limit allows in it. */
export interface Period {
  readonly permitted: number
  readonly refused: number
  readonly most: number
}

/** Sends requests for so many milliseconds, as fast as they are answered. */
export async function period(world: World, processes: Processes, id: string, during: number): Promise<Period> {
  const [token, key] = [await world.tokenOf('limited'), await world.newKey(id)]
  const start = performance.now()
  const counts = await processes.send({ count: 5, token, key, during })
  const seconds = (performance.now() - start) / 1000
  const most = Math.floor(raceLimit.burst + raceLimit.perSecond * seconds)
  return { permitted: counts[200] ?? 0, refused: counts[429] ?? 0, most }
}
