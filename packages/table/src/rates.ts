/**
 * Buckets in the table `rates`, exact over all instances. A permitted taking is one conditional write while its bucket
 * is in use, and two from rest, on a new day, and where it is counted late (`judgedAt`). A refused one is one, and none
 * where this instance knows it already.
 */
import { AppError } from '@fieldnotes/core/error'
import { retryConflicts } from './backoff.ts'
import { ConditionFailed, outageOf } from './failures.ts'
import { daySeconds } from './instants.ts'
import { createOneByOne } from './one-by-one.ts'
import {
  type Bucket,
  dayOf,
  judgedAt,
  latestFullAt,
  type RateLimit,
  type Taking,
  take,
  unitMicros,
  untouched,
} from './rate-limits.ts'
import type { OpenTable, Table } from './table.ts'
import type { Clause, Item, Key, Update } from './writes.ts'

/** Milliseconds that one taking may last, with its wait for earlier ones of this instance. */
const takeMs = 5000

/** Buckets that an instance remembers. */
const seenMax = 10_000

/** Seconds for which an item is stored after its last taking: its quota is of one day. */
const storedSeconds = 2 * daySeconds

/** What is taken, and from which bucket. */
export interface RateRequest {
  readonly key: Key
  readonly limit: RateLimit
  /** Whole units, at least 1. */
  readonly cost: number
  /** Microseconds since the epoch. */
  readonly now: number
}

/** The buckets of the table. */
export interface Rates {
  /** Takes from a bucket, or refuses. @throws UNAVAILABLE when the table is out of reach */
  readonly take: (request: RateRequest) => Promise<Taking>
  /** The bucket as this instance saw it last. It reads nothing. */
  readonly seen: (key: Key) => Bucket
}

/**
 * Opens the buckets. `clock` returns milliseconds since the epoch and limits the time of the writes; the instants of
 * the buckets are those of the requests.
 */
export function createRates(table: OpenTable, clock: () => number): Rates {
  const memory = new Map<string, Bucket>()
  const seen = ({ pk }: Key) => memory.get(pk) ?? untouched
  const remember = ({ pk }: Key, bucket: Bucket): void => {
    if (bucket.fullAt < (memory.get(pk)?.fullAt ?? 0)) return
    memory.delete(pk)
    memory.set(pk, bucket)
    const [oldest] = memory.keys()
    if (memory.size > seenMax && oldest !== undefined) memory.delete(oldest)
  }
  const attempt = async (open: Table, request: RateRequest): Promise<Taking | undefined> => {
    const { key, limit, cost, now } = request
    const at = judgedAt(seen(key), now)
    const inUse = await written(open, drips({ ...request, now: at }, dayOf(at)))
    remember(key, inUse.bucket)
    if (inUse.isWritten) return { kind: 'permitted', bucket: inUse.bucket }
    const taking = take(inUse.bucket, limit, cost, now)
    if (taking.kind !== 'permitted') return taking
    const next = await written(open, replaces(request, inUse.bucket, taking.bucket))
    remember(key, next.bucket)
    return next.isWritten ? taking : undefined
  }
  /** What was seen only grows, so that it refuses for certain. */
  const known = ({ key, limit, cost, now }: RateRequest) => take(seen(key), limit, cost, now)
  const oneByOne = createOneByOne()
  return {
    seen,
    take: async (request) => {
      const open = table.until({ at: clock() + takeMs, clock })
      return oneByOne(request.key.pk, async () => {
        const refused = known(request)
        if (refused.kind !== 'permitted') return refused
        return retryConflicts('a bucket in use', () => attempt(open, request))
      }).catch((error: unknown) => {
        throw outageOf(error)
      })
    },
  }
}

function expiresAt({ limit, now }: RateRequest): number {
  return Math.ceil(now / 1_000_000 + limit.burst / limit.perSecond) + storedSeconds
}

/** While the bucket is in use: takes without knowing how much was taken, so that many instances do not collide. */
function drips(request: RateRequest, day: string): Update {
  const { key, limit, cost, now } = request
  const { perDay } = limit
  const room = latestFullAt(limit, cost, now)
  const quota: readonly Clause[] = perDay === undefined ? [] : [['<=', 'used', perDay - cost]]
  return {
    update: key,
    add: { fullAt: unitMicros(limit) * cost, used: cost },
    set: { expiresAt: expiresAt(request) },
    when: [[['>', 'fullAt', now], ['<=', 'fullAt', room], ['=', 'day', day], ...quota]],
  }
}

/** From rest, and on a new day: replaces what was read. */
function replaces(request: RateRequest, before: Bucket, after: Bucket): Update {
  const same: readonly Clause[] = [
    ['=', 'fullAt', before.fullAt],
    ['=', 'day', before.day],
    ['=', 'used', before.used],
  ]
  return {
    update: request.key,
    set: { ...after, expiresAt: expiresAt(request) },
    when: [before === untouched ? [['absent', 'pk']] : same],
  }
}

interface Written {
  readonly isWritten: boolean
  /** As it is stored now. */
  readonly bucket: Bucket
}

async function written(table: Table, update: Update): Promise<Written> {
  try {
    return { isWritten: true, bucket: bucketOf(await table.update(update)) }
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error
    const item = error.failures[0]?.item
    return { isWritten: false, bucket: item ? bucketOf(item) : untouched }
  }
}

/** @throws UNAVAILABLE for an item that is not a bucket: a full one in its place would exceed the limit */
function bucketOf({ fullAt, begunAt = 0, day, used }: Item): Bucket {
  if ([fullAt, begunAt, used].every(Number.isSafeInteger) && typeof day === 'string')
    return { fullAt: fullAt as number, begunAt: begunAt as number, day, used: used as number }
  throw new AppError('UNAVAILABLE', 'a stored bucket can not be read')
}
