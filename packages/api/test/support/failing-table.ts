/** A table that fails at one chosen call, before or after the call takes effect. */
import { AppError } from '@fieldnotes/core/error'
import type { Table } from '@fieldnotes/table/table'

export interface Faults {
  /** The number of calls since `arm` or `disarm`. */
  readonly calls: () => number
  /** Makes call number `at` fail, counted from 0. */
  readonly arm: (at: number, when: 'before' | 'after') => void
  readonly disarm: () => void
  readonly wrap: (table: Table) => Table
}

function outage() {
  return new AppError('UNAVAILABLE', 'a fault on purpose')
}

export function createFaults(): Faults {
  let armed: { at: number; when: 'before' | 'after' } | undefined
  let calls = 0
  const faulty =
    <Args extends unknown[], Out>(act: (...args: Args) => Promise<Out>) =>
    async (...args: Args): Promise<Out> => {
      const call = calls
      calls += 1
      const due = armed?.at === call ? armed.when : undefined
      if (due === 'before') throw outage()
      const out = await act(...args)
      if (due === 'after') throw outage()
      return out
    }
  return {
    calls: () => calls,
    arm: (at, when) => {
      calls = 0
      armed = { at, when }
    },
    disarm: () => {
      calls = 0
      armed = undefined
    },
    wrap: (table) => ({
      get: faulty(table.get),
      batchGet: faulty(table.batchGet),
      query: faulty(table.query),
      write: faulty(table.write),
      update: faulty(table.update),
      transact: faulty(table.transact),
      used: table.used,
    }),
  }
}
