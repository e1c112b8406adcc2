/**
 * `npm run bench:session`: what a browser session adds to a request of the endpoint. Exits with 1 when the way from the
 * cookie to the bearer token costs more than 0.3 ms of processor time beside its read, or when a session adds anything
 * but one read.
 */
import { countSessionRequests, measureSessionCpu } from './session/session-figures.ts'
import { startSessionWorld } from './session/session-world.ts'

const toBearerMillisecondsMax = 0.3
const amount = { rounds: 30, requests: 100 } as const

function cells(...texts: readonly string[]): string {
  return texts.map((text) => text.padStart(14)).join('')
}

const world = await startSessionWorld()
try {
  const { bearer, session } = await countSessionRequests(world)
  const cpu = await measureSessionCpu(world, amount)
  const added = session.reads - bearer.reads
  const ratio = cpu.session / cpu.bearer
  const toBearer = cpu.exchange - cpu.read
  const rows = [
    ['{ me { id } }', 'bearer token', 'session', 'ratio'],
    ['reads / writes', `${bearer.reads} / ${bearer.writes}`, `${session.reads} / ${session.writes}`],
    ['CPU milliseconds', cpu.bearer.toFixed(3), cpu.session.toFixed(3), ratio.toFixed(2)],
    ['  of these for the read', '', cpu.read.toFixed(3)],
    ['  of these from cookie to bearer', '', toBearer.toFixed(3), `at most ${toBearerMillisecondsMax}`],
  ] as const
  for (const [what, ...texts] of rows) console.log(`${what.padEnd(34)}${cells(...texts)}`)
  const isFine = added === 1 && session.writes === bearer.writes && toBearer <= toBearerMillisecondsMax
  process.exitCode = isFine ? 0 : 1
} finally {
  await world.stop()
}
