/** Writes an effect and its receipt together, and tells what stood in the way. */

import { ConditionFailed } from './failures.ts'
import type { Table } from './table.ts'
import type { Item, Write } from './writes.ts'

/** `done`; `moved`: something is not what was read; `repeated`: this key was used before, and here is its receipt. */
export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'moved' }
  | { readonly kind: 'repeated'; readonly receipt: Item }

export interface Effect {
  /** The one that carries `writeId` comes first. */
  readonly writes: readonly Write[]
  readonly writeId: string
  readonly receipt: Write | undefined
}

/** All or nothing, in one request. @throws UNAVAILABLE when it may or may not have happened: repeat with the same key */
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
    // Our own write: its answer got lost on the way, and the repetition met what it had done.
    return failures[0]?.item?.writeId === writeId ? { kind: 'done' } : { kind: 'moved' }
  }
}
