/** Parses the command line of `npm run bench`. */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { ColdPlan } from './cold/measure-cold.ts'
import { oneOf } from './measure/command-line.ts'
import { type PeerName, peerNames } from './peers/peer-list.ts'
import type { WarmPlan } from './warm/measure-warm.ts'

export interface BenchCommand {
  readonly plan: WarmPlan & ColdPlan
  /** Seed of the data that all rows serve; the committed figures have seed 1. */
  readonly seed: number
  /**
   * Folder for the report and the picture. Only a full run over all rows writes into the folder that documents quote.
   */
  readonly folder: string | undefined
  /** The command as typed. */
  readonly how: string
}

export const usage = 'npm run bench -- [--quick | --smoke] [--seed NUMBER] [--only NAME,NAME,…] [--to FOLDER]'

const sizes = {
  full: { only: peerNames, rounds: 9, sliceMilliseconds: 60, warmUpMilliseconds: 100, passesMax: 20, starts: 15 },
  quick: { only: peerNames, rounds: 3, sliceMilliseconds: 30, warmUpMilliseconds: 30, passesMax: 9, starts: 3 },
  smoke: { only: ['ours'], rounds: 1, sliceMilliseconds: 1, warmUpMilliseconds: 1, passesMax: 1, starts: 1 },
} as const satisfies Record<string, WarmPlan & ColdPlan>

/** Seconds of a quick run over all rows, on two cores. */
const quickSeconds = 110

/** About how long a run takes: as its slices, rounds and rows do. */
export function secondsOf({ only, rounds, sliceMilliseconds }: WarmPlan): number {
  const { quick } = sizes
  const slices = (rounds * sliceMilliseconds) / (quick.rounds * quick.sliceMilliseconds)
  return (quickSeconds * slices * only.length) / quick.only.length
}

const home = join(import.meta.dirname, '..')

const options = {
  quick: { type: 'boolean', default: false },
  smoke: { type: 'boolean', default: false },
  seed: { type: 'string', default: '1' },
  only: { type: 'string' },
  to: { type: 'string' },
} as const

/** @throws Error for an unknown flag or name, and for flags that exclude each other */
export function benchCommand(words: readonly string[]): BenchCommand {
  const { quick, smoke, seed, only, to } = parseArgs({ args: [...words], options }).values
  if (quick && smoke) throw new Error('A run is quick or smoke, not both.')
  const size = sizes[smoke ? 'smoke' : quick ? 'quick' : 'full']
  return {
    plan: { ...size, only: withFloor(only === undefined ? size.only : namesIn(only)) },
    seed: seedIn(seed),
    folder: to ?? (size === sizes.full && seed === '1' && only === undefined ? home : undefined),
    how: ['npm run bench', ...(words.length > 0 ? ['--', ...words] : [])].join(' '),
  }
}

function seedIn(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new Error(`--seed takes a whole number from 1 to 999999999, not '${text}'.`)
}

function namesIn(list: string): PeerName[] {
  return list.split(',').map((name) => oneOf('row', peerNames, name.trim()))
}

/** Adds the floor, whose answers are the reference, and sorts as in the table. */
function withFloor(names: readonly PeerName[]): PeerName[] {
  return peerNames.filter((name) => name === 'floor' || names.includes(name))
}
