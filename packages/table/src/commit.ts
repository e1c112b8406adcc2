/** Commits the writes of a mutation together with its receipt. */
import { ConditionFailed, LostAnswer } from './failures.ts'
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
 * @throws LostAnswer when the effect is unknown: with a receipt, the call can be repeated with its idempotency key
 */
export function commit(table: Table, effect: Effect): Promise<Outcome> {
  return tryCommit(table, effect).catch((error: unknown) => {
    throw effect.receipt && error instanceof LostAnswer ? error.keyed() : error
  })
}

async function tryCommit(table: Table, { writes, writeId, receipt }: Effect): Promise<Outcome> {
  const all = receipt ? [...writes, receipt] : writes
  const [only] = all
  try {
    if (only && all.length === 1) await writeAlone(table, only)
    if (all.length > 1) await table.transact(all)
    return { kind: 'done' }
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error
    const earlier = receipt ? error.failures.at(-1)?.item : undefined
    if (earlier) return { kind: 'repeated', receipt: earlier }
    return tookEffect(error, writeId) ? { kind: 'done' } : { kind: 'conflict' }
  }
}

/** A new item whose write got no answer is looked for. */
async function writeAlone(table: Table, write: Write): Promise<void> {
  try {
    await table.write(write)
  } catch (error) {
    if (!(error instanceof LostAnswer && 'put' in write && write.isNew)) throw error
    const stored = await table.get({ pk: write.put.pk, sk: write.put.sk }).catch(() => undefined)
    if (!stored) throw error
  }
}

/**
 * Whether a single write whose condition failed had taken effect at an earlier attempt: the stored item has its
 * `writeId`. `isEarlier` says whether a stored item is older than the write, so that no attempt can have taken effect.
 * @throws UNAVAILABLE where that can't be known: an answer was lost, and another write followed
 */
export function tookEffect(
  { failures, lost }: ConditionFailed,
  writeId: string,
  isEarlier: (item: Item) => boolean = () => false,
): boolean {
  const item = failures[0]?.item
  if (item?.writeId === writeId) return true
  if (!lost || (item && isEarlier(item))) return false
  throw new LostAnswer('a write without an answer, and another write after it', lost)
}
