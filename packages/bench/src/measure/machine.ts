/**
 * Measures whether other programs used the machine during a run. Their load distorts figures and ratios, because
 * caches, clocks and compilers are shared.
 */
import { cpus } from 'node:os'
import { setTimeout } from 'node:timers/promises'

/** Milliseconds since boot, summed over all cores. */
export interface Times {
  readonly cores: number
  readonly used: number
  readonly idle: number
}

/** Cores. More is the load of other programs; less is normal background activity. */
const othersMax = 0.25

/** Milliseconds. A shorter interval can't be measured, because systems count in hundredths of a second. */
const shortest = 250

function times(): Times {
  const all = cpus().map((core) => core.times)
  return {
    cores: all.length,
    used: all.reduce((sum, { user, nice, sys, irq }) => sum + user + nice + sys + irq, 0),
    idle: all.reduce((sum, { idle }) => sum + idle, 0),
  }
}

/**
 * Average number of cores used by others, when the run itself used `own` milliseconds; NaN when it can't be measured.
 */
export function othersBetween(before: Times, after: Times, own: number): number {
  const used = after.used - before.used
  const elapsed = (used + after.idle - before.idle) / after.cores
  return elapsed < shortest ? Number.NaN : Math.max(0, used - own) / elapsed
}

/** Measures other programs' use of the machine during a run. */
export interface Watch {
  /** Starts a measurement; call the result at its end with the run's own milliseconds of processor time. */
  readonly begin: () => (when: string, own: number) => void
  /** Measures while the run is idle. */
  readonly rest: (when: string) => Promise<void>
  /** Highest number of cores used by others; NaN when it could not be measured. */
  readonly most: () => number
}

/** Whether the load is too high for figures to be quoted. */
export function isBusy(others: number): boolean {
  return others > othersMax
}

/** Measures the load of others, and reports at once when it is too high. */
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
