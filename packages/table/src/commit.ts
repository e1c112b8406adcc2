/** Commits the writes of a mutation together with its receipt. */
import { ConditionFailed } from './failures.ts'
import type { Table } from './table.ts'
import type { Item, Write } from './writes.ts'

/**
 * `done`; `conflict`: an item is not as it was read; `repeated`: the idempotency key was used before, with its receipt.
 */
export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'repeated'; readonly receipt: Item }

export interface Effect {
  /** The write whose item has `writeId` is the first. */
  readonly writes: readonly Write[]
  readonly writeId: string
  readonly receipt: Write | undefined
}

/**
 * Writes all or nothing, in one request.
 * @throws UNAVAILABLE when the effect is unknown: repeat with the same idempotency key
 */
export async function commit(table: Table, { writes, writeId, receipt }: Effect): Promise<Outcome> {
  const all = receipt ? [...writes, receipt] : writes
  const [only] = all
  try {
    if (only && all.length === 1) await table.write(only)
    if (all.length > 1) await table.transact(all)
    return { kind: 'done' }
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error
    const { failures } = error
    const earlier = receipt ? failures.at(-1)?.item : undefined
    if (earlier) return { kind: 'repeated', receipt: earlier }
    // The SDK repeated a write whose response was lost, and the repetition met the item of the first attempt.
    return failures[0]?.item?.writeId === writeId ? { kind: 'done' } : { kind: 'conflict' }
  }
}
