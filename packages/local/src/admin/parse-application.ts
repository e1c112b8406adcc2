/** The words and flags of `keys`, as an application. */
import { type Application, applicationFaults, type StoredKey } from '@fieldnotes/api/application'
import { digestOf } from '@fieldnotes/table/digest'
import { daySeconds } from '@fieldnotes/table/instants'
import { UsageError } from '../usage-error.ts'

/** Flags that describe an application. */
export interface KeyFlags {
  readonly client?: readonly string[]
  readonly days?: string
  readonly burst?: string
  readonly rate?: string
  readonly day?: string
  readonly stage?: string
}

const daysMax = 730
const daysDefault = 365

/** @throws UsageError for a text that is not a whole number from 1 to `max` */
function whole(flag: string, text: string, max: number): number {
  const number = Number(text)
  if (/^\d{1,13}$/.test(text) && number >= 1 && number <= max) return number
  throw new UsageError(`--${flag} takes a whole number from 1 to ${max}.`)
}

/** A new key as it is stored. `now` is in seconds since the epoch. @throws UsageError for a wrong number of days */
export function storedKey(key: string, days: string | undefined, now: number): StoredKey {
  const lasts = days === undefined ? daysDefault : whole('days', days, daysMax)
  return { digest: digestOf(key), createdAt: now, endsAt: now + lasts * daySeconds }
}

/**
 * The limits that differ from those of the code, as a member of an application. @throws UsageError for a wrong number
 */
export function limitsOf({ burst, rate, day }: KeyFlags): Pick<Application, 'limits'> {
  const limits = {
    ...(burst !== undefined && { burst: whole('burst', burst, 1e9) }),
    ...(rate !== undefined && { perSecond: whole('rate', rate, 1e6) }),
    ...(day !== undefined && { perDay: whole('day', day, 1e12) }),
  }
  return Object.keys(limits).length > 0 ? { limits } : {}
}

/** The application that `add` describes. @throws UsageError for one that can't be stored */
export function parseApplication(id: string, flags: KeyFlags, key: StoredKey): Application {
  const { client = [], stage = 'local' } = flags
  const application: Application = { id, stage, clients: client, keys: [key], ...limitsOf(flags) }
  const [fault] = applicationFaults({ limits: undefined, ...application })
  if (fault !== undefined) throw new UsageError(`The application can’t be added: ${fault}.`)
  return application
}
