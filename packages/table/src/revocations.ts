/** Revocations in the table Access: one partition, in the order in which they were written. */
import { AppError } from '@fieldnotes/core/error'
import { type Revocation, revokedUntil } from '@fieldnotes/core/revocation'
import { revocationKey } from './access-keys.ts'
import { isWritten } from './failures.ts'
import { seconds } from './instants.ts'
import { lastingEnd } from './lasting-ends.ts'
import { parseRevocationItem, revocationItem } from './revocation-items.ts'
import type { Table } from './table.ts'
import type { Condition } from './writes.ts'

/** More items than fit into one page of a query (1 MB). */
const itemsMax = 100_000

/**
 * Returns every revocation that was written at `sinceSeconds` or later, by one consistent query. Entries of writers
 * whose clock is ahead are among them.
 * @throws UNAVAILABLE when the table is out of reach, when the entries exceed one page (1 MB), and when an entry can't
 * be read: a list with a gap would let a revoked credential pass
 */
export async function readRevocations(
  table: Pick<Table, 'query'>,
  sinceSeconds: number,
): Promise<readonly Revocation[]> {
  const { pk, sk } = revocationKey(sinceSeconds, '')
  // `:` follows the digits in ASCII, with which each sort key begins.
  const { items, last } = await table.query({ pk, between: [sk, ':'], forward: true, limit: itemsMax })
  if (last) throw new AppError('UNAVAILABLE', 'more revocations than one query reads')
  return items.map((item) => parseRevocationItem(item) ?? unreadable())
}

function unreadable(): never {
  throw new AppError('UNAVAILABLE', 'a stored revocation can not be read')
}

/**
 * Writes a revocation; `now` is in milliseconds since the epoch. It takes effect in every process within 5 seconds. The
 * same call in the same second changes nothing, and a later instant for the same ids replaces an earlier one.
 *
 * The sort key has the writer's clock: an entry of a slow clock leaves the window of readers earlier. The clocks of
 * issuer, writer and reader may differ by 240 seconds together.
 *
 * What can be refreshed is ended by a second item, which is written first: a crash between the two leaves nothing that
 * is refused today and accepted after the list has forgotten it.
 * @throws BAD_USER_INPUT for ids of the wrong form and for an instant after `now`; UNAVAILABLE when the effect is
 * unknown: repeat the call
 */
export async function writeRevocation(table: Pick<Table, 'write'>, revocation: Revocation, now: number): Promise<void> {
  const entry = revocationItem(revocation, seconds(now))
  const end = lastingEnd(revocation, seconds(now))
  for (const put of end ? [end, entry] : [entry]) {
    // Where the condition does not hold, the item that is stored has this instant or a later one.
    await isWritten(() => table.write({ put, when: conditionOf(revocation) }))
  }
}

function conditionOf(revocation: Revocation): Condition {
  const until = revokedUntil(revocation)
  return [[['absent', 'sk']], ...(until === undefined ? [] : [[['<', 'at', until] as const]])]
}
