/** Whether a run had its machine to itself. Figures taken beside other work mislead, ratios too: caches, clocks and compilers are shared. */
import { cpus } from 'node:os'
import { setTimeout } from 'node:timers/promises'

/** Milliseconds since the machine started, of all its cores together. */
export interface Times {
  readonly cores: number
  readonly used: number
  readonly idle: number
}

/** Cores. More than this is other people's work, less is what every system does. */
const othersMax = 0.25

/** Less than this is too short to be told, in milliseconds: systems count in hundredths of a second. */
const shortest = 250

function times(): Times {
  const all = cpus().map((core) => core.times)
  return {
    cores: all.length,
    used: all.reduce((sum, { user, nice, sys, irq }) => sum + user + nice + sys + irq, 0),
    idle: all.reduce((sum, { idle }) => sum + idle, 0),
  }
}

/** How many of its cores a machine gave to others, while the run used `own` milliseconds; NaN where that can't be told. */
export function othersBetween(before: Times, after: Times, own: number): number {
  const used = after.used - before.used
  const elapsed = (used + after.idle - before.idle) / after.cores
  return elapsed < shortest ? Number.NaN : Math.max(0, used - own) / elapsed
}

export interface Watch {
  /** Starts to look; call what comes back when it is over, with the milliseconds of processor time that the run itself has used. */
  readonly begin: () => (when: string, own: number) => void
  /** Looks while the run does nothing. */
  readonly rest: (when: string) => Promise<void>
  /** The most cores that others had at any look; NaN where that can't be told. */
  readonly most: () => number
}

/** Whether that is too much for figures to be quoted. */
export function isBusy(others: number): boolean {
  return others > othersMax
}

/** Looks at what others do, and says so at once where it is too much. */
export function createWatch(say: (line: string) => void, read: () => Times = times): Watch {
  const seen: number[] = []
  const begin: Watch['begin'] = () => {
    const before = read()
    return (when, own) => {
      const others = othersBetween(before, read(), own)
      if (!Number.isNaN(others)) seen.push(others)
      if (isBusy(others)) say(`the machine is busy: others use ${others.toFixed(1)} cores (${when})`)
    }
  }
  const rest: Watch['rest'] = async (when) => {
    const end = begin()
    await setTimeout(2 * shortest)
    end(when, 0)
  }
  return { begin, rest, most: () => (seen.length > 0 ? Math.max(...seen) : Number.NaN) }
}
