/** `npm run bench:profile -- [operation] [row]`: processor time of one operation on the Lambda path, by function. */
import type { Profiler } from 'node:inspector'
import { Session } from 'node:inspector/promises'
import { fromCommandLine } from '../measure/command-line.ts'
import { profileCommand, usage } from './profile-command.ts'

const seconds = { warmUp: 4, profiled: 4 }
const rows = 20

/** `function file`, without the folder. */
function locationOf({ functionName, url }: Profiler.ProfileNode['callFrame']): string {
  return `${functionName || '(unnamed)'} ${url.replace(/.*\/(node_modules|packages)\//, '')}`.trim()
}

/** Microseconds by location. */
function sumsOf({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): ReadonlyMap<string, number> {
  const locations = new Map(nodes.map(({ id, callFrame }) => [id, locationOf(callFrame)]))
  const sums = new Map<string, number>()
  samples.forEach((id, index) => {
    const location = locations.get(id) ?? ''
    sums.set(location, (sums.get(location) ?? 0) + (timeDeltas[index] ?? 0))
  })
  return sums
}

async function repeat(execute: () => unknown, during: number): Promise<void> {
  const { user } = process.cpuUsage()
  while (process.cpuUsage().user - user < during * 1_000_000) for (let call = 0; call < 20; call += 1) await execute()
}

async function profiled(execute: () => unknown): Promise<Profiler.Profile> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.start')
  await repeat(execute, seconds.profiled)
  const { profile } = await session.post('Profiler.stop')
  session.disconnect()
  return profile
}

// As in the measurement. Set before the libraries, which read it when they are loaded.
process.env.NODE_ENV = 'production'
const execute = await fromCommandLine(usage, profileCommand)
await repeat(execute, seconds.warmUp)
const sums = sumsOf(await profiled(execute))
const total = [...sums.values()].reduce((sum, part) => sum + part, 0)
const largest = [...sums].sort(([, one], [, other]) => other - one).slice(0, rows)
const lines = largest.map(([location, part]) => `${((part / total) * 100).toFixed(1).padStart(5)} %  ${location}\n`)
process.stdout.write(lines.join(''))
