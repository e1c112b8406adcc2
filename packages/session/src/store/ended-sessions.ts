/** Sessions that have ended, until the provider was informed: read them, and forget them. */
import { endedPartition, endedSessionKey, loginSessionKey, sessionKey } from '@fieldnotes/table/access-keys'
import type { Digest } from '@fieldnotes/table/digest'
import { isWritten } from '@fieldnotes/table/failures'
import { idIn } from '@fieldnotes/table/session-entries'
import type { Table } from '@fieldnotes/table/table'
import type { Item, Write } from '@fieldnotes/table/writes'
import type { Sealed } from '../crypto/envelope.ts'
import { type Holder, holderIn } from './session-item.ts'

/** A session that was ended, and of which the provider was not informed yet. */
export interface EndedSession {
  readonly id: Digest
  readonly personId: string
  /** Undefined where its item is gone already: the note alone is left. */
  readonly held: Held | undefined
}

/** What is kept of it. */
export interface Held {
  readonly loginId: string
  readonly heldBy: Holder
  readonly refresh: Sealed
}

type Reads = Pick<Table, 'query' | 'get'>

/** Sessions of one person that have ended, at most `most`. @throws UNAVAILABLE */
export function readEndedOf(table: Reads, personId: string, most: number): Promise<readonly EndedSession[]> {
  return read(table, [`${personId}#`, `${personId}#~`], most)
}

/** Sessions of all people that have ended, at most `most`. @throws UNAVAILABLE */
export function readEnded(table: Reads, most: number): Promise<readonly EndedSession[]> {
  return read(table, ['', '~'], most)
}

async function read(table: Reads, between: readonly [string, string], limit: number) {
  const { items } = await table.query({ pk: endedPartition, between, forward: true, limit })
  return Promise.all(items.map(({ sk }) => endedOf(table, sk)))
}

async function endedOf(table: Reads, sk: string): Promise<EndedSession> {
  const [id, personId] = [idIn(sk), sk.slice(0, sk.indexOf('#'))]
  const item = await table.get(sessionKey(id))
  return { id, personId, held: item && heldOf(item) }
}

function heldOf(item: Item): Held {
  const { loginId, dataKey, box } = item as unknown as Held & Sealed
  return { loginId, heldBy: holderIn(item), refresh: { dataKey, box } }
}

/** Removes an ended session with its note, after the provider was informed. */
export async function forget(table: Pick<Table, 'transact'>, { id, personId, held }: EndedSession): Promise<void> {
  const hasEnded = [[['exists', 'endedAt']], [['absent', 'pk']]] as const
  const writes: readonly Write[] = [
    { remove: sessionKey(id), when: hasEnded },
    { remove: endedSessionKey(personId, id) },
    ...(held ? [{ remove: loginSessionKey(held.loginId, id) }] : []),
  ]
  await isWritten(() => table.transact(writes))
}
