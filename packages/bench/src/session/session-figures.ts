/** What a session adds to a request of the endpoint: processor time, and requests to DynamoDB. */
import { median } from '../measure/statistics.ts'
import { startCountingProxy } from '../world/counting-proxy.ts'
import type { Answer, SessionWorld } from './session-world.ts'

/** What is measured: a request with a bearer token, the same one with a session, and two parts of that. */
const names = ['bearer', 'session', 'exchange', 'read'] as const

/** Milliseconds of processor time. `exchange`: from the cookie to the bearer token, with its `read`. */
export type Figures = Readonly<Record<(typeof names)[number], number>>

/** How often each is measured, and how many requests a round has. */
export interface Amount {
  readonly rounds: number
  readonly requests: number
}

/** Rounds that warm the code up. */
export const warmUp = 3

function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Milliseconds of processor time of one act. */
export async function sample(act: () => Promise<unknown>, requests: number): Promise<number> {
  const before = cpuMilliseconds()
  for (let request = 0; request < requests; request += 1) await act()
  return (cpuMilliseconds() - before) / requests
}

/** Sends an event, whose answer has to be 200. */
async function send(answer: Answer, event: Parameters<Answer>[0]): Promise<void> {
  const { statusCode } = await answer(event)
  if (statusCode !== 200) throw new Error(`answered ${statusCode}`)
}

/** Medians. All are measured in turn, on warm instances. */
export async function measureSessionCpu(world: SessionWorld, { rounds, requests }: Amount): Promise<Figures> {
  const { events, read } = world
  const [bearer, session, exchange] = [world.endpoint(), world.entry(), world.exchange()]
  const acts: Readonly<Record<keyof Figures, () => Promise<unknown>>> = {
    bearer: () => send(bearer, events.bearer),
    session: () => send(session, events.cookie),
    exchange: () => send(exchange, events.cookie),
    read,
  }
  const samples = names.map((name) => ({ name, costs: [] as number[] }))
  for (let round = 0; round < rounds + warmUp; round += 1)
    for (const { name, costs } of samples) costs.push(await sample(acts[name], requests))
  return Object.fromEntries(samples.map(({ name, costs }) => [name, median(costs.slice(warmUp))])) as Figures
}

/** Requests to DynamoDB of one warm request. */
export interface Requests {
  readonly reads: number
  readonly writes: number
}

/** Requests to all tables, of one warm request with a bearer token and of the same one with a session. */
export async function countSessionRequests(
  world: SessionWorld,
): Promise<Readonly<Record<'bearer' | 'session', Requests>>> {
  const { counts, url, close } = await startCountingProxy(world.database)
  const at = { access: url, table: url }
  const countOf = async (answer: Answer, event: Parameters<Answer>[0]): Promise<Requests> => {
    await answer(event)
    const before = { ...counts }
    await answer(event)
    return { reads: counts.reads - before.reads, writes: counts.writes - before.writes }
  }
  const bearer = await countOf(world.endpoint(at), world.events.bearer)
  const session = await countOf(world.entry(at), world.events.cookie)
  close()
  return { bearer, session }
}
