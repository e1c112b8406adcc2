/** One instance of the endpoint in a process of its own: sends the requests that its parent describes, all at once. */
import type { Config } from '@fieldnotes/api/config'
import { instanceOf } from './world.ts'

/** What the parent sends. */
export interface Batch {
  readonly count: number
  readonly token: string
  readonly key: string
  /** The instant at which the gateway received all of them; each has its own without it. */
  readonly at?: number
  /** Milliseconds for which `count` requests are sent again and again; once without it. */
  readonly during?: number
}

/** What is answered: how many had each status. */
export type Counts = Readonly<Record<number, number>>

const send = instanceOf(JSON.parse(process.env.LIMIT_CONFIG ?? '{}') as Config)

async function counted({ count, token, key, at, during = 0 }: Batch): Promise<Counts> {
  const counts: Record<number, number> = {}
  const end = Date.now() + during
  do {
    const sent = { token, key, ...(at !== undefined && { at }) }
    const answers = await Promise.all(Array.from({ length: count }, () => send(sent)))
    for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1
  } while (Date.now() < end)
  return counts
}

process.on('message', async (batch: Batch) => process.send?.(await counted(batch)))
process.on('disconnect', () => process.exit())
process.send?.('ready')
