/** Speed goals: the ratio of our figure to another one, and its maximum. */
import type { ColdFigures } from '../cold/cold-figures.ts'
import { cpuTimes } from '../cold/measure-cold.ts'
import type { Layer } from '../contract/layers.ts'
import { type Ratio, ratioOf } from '../measure/statistics.ts'
import type { PeerName } from '../peers/peer-list.ts'
import type { WarmTables } from '../warm/measure-warm.ts'
import type { Timed } from '../world/operations.ts'

/** A ratio of two figures with its maximum. */
export interface Goal {
  readonly title: string
  readonly atMost: number
  readonly ratio: (figures: Figures) => Ratio
}

/** All figures of a run. */
export interface Figures {
  readonly warm: WarmTables
  readonly cold: ColdFigures
}

/** The ratio of the medians decides. `on the line` means that a quarter of the rounds would have decided otherwise. */
export function verdictOf({ value, middleHalf: [lower, upper] }: Ratio, atMost: number): string {
  if (Number.isNaN(value)) return 'not measured'
  if (value <= atMost) return upper > atMost ? 'met, on the line' : 'met'
  return lower <= atMost ? '**not met**, on the line' : '**not met**'
}

function warmRatio(layer: Layer, name: PeerName, operation: Timed): Goal['ratio'] {
  return ({ warm }) => {
    const rounds = (wanted: PeerName) => warm[layer].find((row) => row.name === wanted)?.rounds[operation] ?? []
    return ratioOf(rounds('ours'), rounds(name))
  }
}

/** Compares processor time, with code caches on both sides: wall-clock time of a spawn depends most on other load. */
function coldRatio(table: keyof ColdFigures, ours: string, theirs: string): Goal['ratio'] {
  return ({ cold }) => ratioOf(cpuTimes(cold[table], ours, 'cached'), cpuTimes(cold[table], theirs, 'cached'))
}

/** All goals, in the order of the report. */
export const goals: readonly Goal[] = [
  {
    title: 'Lambda list ÷ Apollo without authorization',
    atMost: 0.45,
    ratio: warmRatio('lambda', 'apollo-default', 'list'),
  },
  { title: 'Lambda list ÷ Yoga + generic-auth', atMost: 0.3, ratio: warmRatio('lambda', 'yoga-generic-auth', 'list') },
  {
    title: 'Lambda single ÷ Yoga + generic-auth',
    atMost: 0.1,
    ratio: warmRatio('lambda', 'yoga-generic-auth', 'single'),
  },
  {
    title: 'Lambda list ÷ Mercurius + auth + jit',
    atMost: 0.3,
    ratio: warmRatio('lambda', 'mercurius-auth-jit', 'list'),
  },
  {
    title: 'Lambda list ÷ Apollo + graphql-shield',
    atMost: 0.08,
    ratio: warmRatio('lambda', 'shield-default', 'list'),
  },
  {
    title: 'engine list ÷ graphql-js without authorization',
    atMost: 0.2,
    ratio: warmRatio('engine', 'graphql-js', 'list'),
  },
  { title: 'Lambda list ÷ hand-coded floor (ambitious)', atMost: 2.5, ratio: warmRatio('lambda', 'floor', 'list') },
  {
    title: 'a refused field ÷ Mercurius + auth + jit',
    atMost: 1,
    ratio: warmRatio('lambda', 'mercurius-auth-jit', 'deniedField'),
  },
  {
    title: 'deployed bundle, cold ÷ bare handler, both cached',
    atMost: 1.7,
    ratio: coldRatio('peers', 'deployed', 'floor'),
  },
  {
    title: 'deployed bundle, cold ÷ Yoga + generic-auth, both cached',
    atMost: 0.8,
    ratio: coldRatio('peers', 'deployed', 'yoga-generic-auth'),
  },
  {
    title: 'first answer that reads a note ÷ the same without authorization',
    atMost: 1.5,
    ratio: coldRatio('endpoint', 'endpoint', 'endpoint-open'),
  },
]
