/**
 * The laptop's schedule: informs the user pool, Firebase and our own issuer of sign-outs, and tries again what a crash
 * or a failure has left. On a stage a schedule of EventBridge calls the same pass.
 */
import type { Log } from '@fieldnotes/core/log'
import { endedPartition, signOutsPartition } from '@fieldnotes/table/access-keys'
import { createTable } from '@fieldnotes/table/table'
import type { TableConfig } from '@fieldnotes/table/table-config'
import { wordsOf } from './usage-error.ts'

/** Milliseconds between two passes. */
const pauseMs = 5000

/** What the schedule needs. */
export interface RetryOptions {
  readonly access: TableConfig
  /** The pass. It is loaded where a note is stored, and not before. */
  readonly informPending: () => Promise<unknown>
  readonly log: Log
}

/** Calls the pass now and every 5 seconds, where something is to be done. Returns a function that ends it. */
export function retrySignOuts({ access, informPending, log }: RetryOptions): () => Promise<void> {
  const table = createTable(access)
  const hasNotes = async (pk: string) =>
    (await table.query({ pk, between: ['', '~'], forward: true, limit: 1 })).items.length > 0
  const look = async (): Promise<void> => {
    if ((await hasNotes(signOutsPartition)) || (await hasNotes(endedPartition))) await informPending()
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  let running = Promise.resolve()
  const next = (pause: number): void => {
    timer = setTimeout(() => {
      running = look()
        .catch((error: unknown) => log('warn', 'sign_out.not_read', { cause: wordsOf(error) }))
        .then(() => timer && next(pauseMs))
    }, pause)
    timer.unref()
  }
  next(0)
  return () => {
    clearTimeout(timer)
    timer = undefined
    return running
  }
}
