/** `npm run bench:profile -- [operation] [row]`: where the processor time of one operation on the Lambda path goes, by function. */
import type { Profiler } from 'node:inspector'
import { Session } from 'node:inspector/promises'
import { fromCommandLine } from './command-line.ts'
import { profileCommand, usage } from './profile-command.ts'

const seconds = { warmUp: 4, profiled: 4 }
const rows = 20

/** `function file`, without the way to it. */
function placeOf({ functionName, url }: Profiler.ProfileNode['callFrame']): string {
  return `${functionName || '(unnamed)'} ${url.replace(/.*\/(node_modules|packages)\//, '')}`.trim()
}

/** Microseconds by place. */
function sumsOf({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): ReadonlyMap<string, number> {
  const places = new Map(nodes.map(({ id, callFrame }) => [id, placeOf(callFrame)]))
  const sums = new Map<string, number>()
  samples.forEach((id, index) => {
    const place = places.get(id) ?? ''
    sums.set(place, (sums.get(place) ?? 0) + (timeDeltas[index] ?? 0))
  })
  return sums
}

async function repeat(ask: () => unknown, during: number): Promise<void> {
  const { user } = process.cpuUsage()
  while (process.cpuUsage().user - user < during * 1_000_000) for (let call = 0; call < 20; call += 1) await ask()
}

async function profiled(ask: () => unknown): Promise<Profiler.Profile> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.start')
  await repeat(ask, seconds.profiled)
  const { profile } = await session.post('Profiler.stop')
  session.disconnect()
  return profile
}

// As it is measured. Libraries read it when they are loaded, which comes next.
process.env.NODE_ENV = 'production'
const ask = await fromCommandLine(usage, profileCommand)
await repeat(ask, seconds.warmUp)
const sums = sumsOf(await profiled(ask))
const total = [...sums.values()].reduce((sum, part) => sum + part, 0)
const largest = [...sums].sort(([, one], [, other]) => other - one).slice(0, rows)
const lines = largest.map(([place, part]) => `${((part / total) * 100).toFixed(1).padStart(5)} %  ${place}\n`)
process.stdout.write(lines.join(''))
