/** A copy, in the memory of one process, of what is stored elsewhere: it is read again when it is too old. */
import type { Log } from '@fieldnotes/core/log'
import { withTimeout } from '@fieldnotes/core/with-timeout'
import { type Outage, unavailable } from './refusals.ts'

/** What `createFreshCopy` needs. */
export interface FreshCopyOptions<Copy> {
  /** Reads the copy, at milliseconds since the epoch. It must reject, and never return a part. */
  readonly read: (readAt: number) => Promise<Copy>
  /** Returns milliseconds since the epoch. */
  readonly clock: () => number
  readonly bounds: {
    /** Seconds for which a copy is used, from the beginning of its read. */
    readonly freshSeconds: number
    /** Longest read, in milliseconds. */
    readonly readMillisMax: number
    /** Fewest seconds between a read that failed and the next one. */
    readonly retrySeconds: number
  }
  /** Called after a read; `wasOut` after the first one that succeeds again. */
  readonly onRead: (copy: Copy, wasOut: boolean) => void
  /** Event of the log line of a failed read. */
  readonly failed: string
  readonly outage: Outage
  readonly log: Log
}

/**
 * Returns the function that gives the copy: a plain value while it is fresh. Concurrent callers share one read. A read
 * that fails or is late rejects every caller that waits for it, and an old copy is never used.
 */
export function createFreshCopy<Copy extends object>(options: FreshCopyOptions<Copy>): () => Copy | Promise<Copy> {
  const { clock, bounds, onRead, failed: event, outage, log } = options
  // `at`: an entry that was stored after the beginning of the read may be missing.
  let kept: { readonly at: number; readonly copy: Copy } | undefined
  let failed: { readonly at: number; readonly cause: Error } | undefined
  let pending: Promise<Copy> | undefined

  /** The absolute difference: a clock that is set back must not make a copy look fresh. */
  const secondsSince = (moment: number) => Math.abs(clock() - moment) / 1000
  const isResting = () => failed !== undefined && secondsSince(failed.at) < bounds.retrySeconds

  const fail = (error: unknown): never => {
    const cause = error instanceof Error ? error : new Error('a read that rejects without an Error')
    failed = { at: clock(), cause }
    log('warn', event, { cause: cause.stack })
    throw cause
  }
  const refresh = (): Promise<Copy> => {
    const at = clock()
    pending ??= withTimeout(bounds.readMillisMax, async () => options.read(at))
      .then((copy) => {
        onRead(copy, failed !== undefined)
        failed = undefined
        kept = { at, copy }
        return copy
      }, fail)
      .finally(() => {
        pending = undefined
      })
    return pending
  }

  return () => {
    if (kept && secondsSince(kept.at) < bounds.freshSeconds) return kept.copy
    if (!pending && isResting()) unavailable(outage, failed?.cause)
    return refresh()
  }
}
