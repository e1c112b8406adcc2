/** The limit of one request: it takes the cost of the admitted operation, and says afterwards what is left. */
import { AppError } from '@fieldnotes/core/error'
import type { Log } from '@fieldnotes/core/log'
import type { Principal } from '@fieldnotes/core/principal'
import { createLru } from '@fieldnotes/policy/lru'
import { type Bucket, leftOf, type Taking, take, untouched } from '@fieldnotes/table/rate-limits'
import { createRates, type Rates } from '@fieldnotes/table/rates'
import type { OpenTable } from '@fieldnotes/table/table'
import type { Application } from '../keys/application.ts'
import { type Subject, subjectOf } from './limited-caller.ts'
import { policyHeader, type Remaining, remainingHeader } from './rate-headers.ts'

/** People whose buckets an instance remembers. A person beyond them begins with a full bucket. */
const peopleMax = 10_000

/** What one request may use. */
export interface RateGate {
  /**
   * Takes the cost of the operation, before it is executed.
   * @throws LIMIT_EXCEEDED; UNAVAILABLE for an application when the table is out of reach
   */
  readonly spend: (cost: number) => Promise<void>
  /** The headers of the response, as far as this instance knows. None for a caller without a limit. */
  readonly headers: () => Readonly<Record<string, string>>
}

/** A request whose caller is known. */
export interface RatedRequest {
  readonly principal: Principal
  readonly application: Application | undefined
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** Returns the gate of a request. */
export type RateGateFor = (request: RatedRequest) => RateGate

/** Where no limit applies. */
export const openGate: RateGate = { spend: async () => {}, headers: () => ({}) }

interface Buckets {
  readonly take: (subject: Subject, cost: number, now: number) => Promise<Taking>
  readonly seen: (subject: Subject) => Bucket
}

function bucketsOf(rates: Rates): Buckets {
  const people = createLru<string, { bucket: Bucket }>(peopleMax)
  const entryOf = (id: string) => people.get(id, () => ({ bucket: untouched }))
  return {
    seen: (subject) => ('key' in subject ? rates.seen(subject.key) : entryOf(subject.id).bucket),
    take: async (subject, cost, now) => {
      const { limit } = subject
      if ('key' in subject) return rates.take({ key: subject.key, limit, cost, now })
      const entry = entryOf(subject.id)
      // What one operation of a person may cost is admission's limit alone.
      const taking = take(entry.bucket, limit, 1, now)
      if (taking.kind === 'permitted') entry.bucket = taking.bucket
      return taking
    },
  }
}

/** Creates the gates of a process. `clock` returns milliseconds since the epoch. */
export function createRateGates(table: OpenTable, clock: () => number, log: Log): RateGateFor {
  const buckets = bucketsOf(createRates(table, clock))
  return ({ principal, application, now }) => {
    const subject = subjectOf(principal, application)
    return subject ? gateOf(buckets, subject, now * 1000, log) : openGate
  }
}

function gateOf(buckets: Buckets, subject: Subject, now: number, log: Log): RateGate {
  let refusal: Remaining = {}
  return {
    spend: async (cost) => {
      const taking = await buckets.take(subject, unitsOf(cost), now).catch((error: unknown) => {
        log('error', 'limits.failed', { cause: (error as Error).stack })
        throw error
      })
      if (taking.kind === 'permitted') return
      const { row, id } = subject
      log('info', 'limits.used_up', { subject: row, id, limit: taking.limit })
      if (taking.kind === 'refused') refusal = waitOf(taking, leftOf(buckets.seen(subject), subject.limit, now))
      throw refusalOf(taking)
    },
    headers: () => ({
      'ratelimit-policy': policyHeader(subject),
      ratelimit: remainingHeader({ ...leftOf(buckets.seen(subject), subject.limit, now), ...refusal }),
    }),
  }
}

/** Whole units, at least one: an operation that costs nothing, or less, would never be refused. */
export function unitsOf(cost: number): number {
  return Number.isFinite(cost) ? Math.max(1, Math.ceil(cost)) : Number.MAX_SAFE_INTEGER
}

type Refused = Exclude<Taking, { readonly kind: 'permitted' }>

/** The part that refuses says the same wait as `Retry-After` (draft, §5). */
function waitOf({ limit, seconds }: Extract<Refused, { readonly kind: 'refused' }>, left: Remaining): Remaining {
  return { [limit]: { left: left[limit]?.left ?? 0, seconds } }
}

function refusalOf(refused: Refused): AppError {
  const { limit } = refused
  if (refused.kind === 'never')
    return new AppError('LIMIT_EXCEEDED', `${limit}: more than all of it`, {
      message: `The operation costs more than the limit allows at once: ${refused.max} at most.`,
      extensions: { limit, max: refused.max, status: 400 },
    })
  const { seconds } = refused
  return new AppError('LIMIT_EXCEEDED', `${limit}: used up`, {
    message: `The limit is used up. Send the request again after ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
    extensions: { limit },
    remedy: { kind: 'RETRY', after: seconds },
  })
}
