/** How many requests of a person may work on exports. The work of each is limited by its time. */
import { AppError } from '@fieldnotes/core/error'
import { exportPeriodsKey } from '@fieldnotes/table/access-keys'
import { isWritten } from '@fieldnotes/table/failures'
import { daySeconds, seconds } from '@fieldnotes/table/instants'
import { take, untouched } from '@fieldnotes/table/rate-limits'
import type { Table } from '@fieldnotes/table/table'
import type { Item } from '@fieldnotes/table/writes'

/** Takes a period of work of a person: 0 where this request may work, otherwise the seconds until another one may. */
export type TakePeriod = (personId: string) => Promise<number>

/** Periods that a person may take at once. */
const periodsMax = 10

/** Seconds for which a request works, after which a period comes back: one after the other, all requests work. */
const periodSeconds = 5

/** In seconds of work, of which one comes back in each second. */
const limit = { burst: periodsMax * periodSeconds, perSecond: 1 }

const attemptsMax = 3

/** Creates the function, exact over all instances. `clock` returns milliseconds since the epoch. */
export function createTakePeriod(table: () => Table, clock: () => number): TakePeriod {
  return async (personId) => {
    for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
      const stored = await table().get(exportPeriodsKey(personId))
      const bucket = { ...untouched, fullAt: fullAtOf(stored) }
      const taking = take(bucket, limit, periodSeconds, clock() * 1000)
      if (taking.kind === 'refused') return taking.seconds
      if (taking.kind === 'permitted' && (await isPut(personId, stored, taking.bucket.fullAt))) return 0
    }
    // Other requests of the person take theirs at this moment.
    return 1
  }

  function isPut(personId: string, stored: Item | undefined, fullAt: number): Promise<boolean> {
    const put = { ...exportPeriodsKey(personId), fullAt, expiresAt: seconds(clock()) + daySeconds }
    const unchanged = stored ? (['=', 'fullAt', fullAtOf(stored)] as const) : (['absent', 'pk'] as const)
    return isWritten(() => table().write({ put, when: [[unchanged]] }))
  }
}

function fullAtOf(stored: Item | undefined): number {
  if (!stored) return untouched.fullAt
  if (Number.isSafeInteger(stored.fullAt)) return Number(stored.fullAt)
  throw new AppError('UNAVAILABLE', 'stored periods of work can not be read')
}
