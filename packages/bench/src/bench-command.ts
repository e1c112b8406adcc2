/** What `npm run bench` is asked for. */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { ColdPlan } from './cold/measure.ts'
import { oneOf } from './command-line.ts'
import { type PeerName, peerNames } from './peers.ts'
import type { WarmPlan } from './warm.ts'

export interface BenchCommand {
  readonly plan: WarmPlan & ColdPlan
  /** Where report and picture are written. Only what may be quoted, every row in full, goes where it is quoted from. */
  readonly folder: string | undefined
  /** The command as it was typed. */
  readonly how: string
}

export const usage = 'npm run bench -- [--quick | --smoke] [--only NAME,NAME,…] [--to FOLDER]'

const sizes = {
  full: { only: peerNames, rounds: 9, sliceMilliseconds: 60, warmUpMilliseconds: 100, passesMax: 20, starts: 15 },
  quick: { only: peerNames, rounds: 3, sliceMilliseconds: 30, warmUpMilliseconds: 30, passesMax: 9, starts: 3 },
  smoke: { only: ['ours'], rounds: 1, sliceMilliseconds: 1, warmUpMilliseconds: 1, passesMax: 1, starts: 1 },
} as const satisfies Record<string, WarmPlan & ColdPlan>

const home = join(import.meta.dirname, '..')

const options = {
  quick: { type: 'boolean', default: false },
  smoke: { type: 'boolean', default: false },
  only: { type: 'string' },
  to: { type: 'string' },
} as const

/** @throws Error when a flag or a name is unknown, or flags exclude each other. */
export function benchCommand(words: readonly string[]): BenchCommand {
  const { quick, smoke, only, to } = parseArgs({ args: [...words], options }).values
  if (quick && smoke) throw new Error('A run is quick or smoke, not both.')
  const size = sizes[smoke ? 'smoke' : quick ? 'quick' : 'full']
  return {
    plan: { ...size, only: withFloor(only === undefined ? size.only : namesIn(only)) },
    folder: to ?? (size === sizes.full && only === undefined ? home : undefined),
    how: ['npm run bench', ...(words.length > 0 ? ['--', ...words] : [])].join(' '),
  }
}

function namesIn(list: string): PeerName[] {
  return list.split(',').map((name) => oneOf('row', peerNames, name.trim()))
}

/** In the order of the table. The floor is always there: its answers are the right ones. */
function withFloor(names: readonly PeerName[]): PeerName[] {
  return peerNames.filter((name) => name === 'floor' || names.includes(name))
}
