/** Sessions that have ended, until the provider was informed: read them, and forget them. */
import { endedPartition, endedSessionKey, loginSessionKey, sessionKey } from '@fieldnotes/table/access-keys'
import { type Digest, parseDigest } from '@fieldnotes/table/digest'
import { isWritten } from '@fieldnotes/table/failures'
import { isText } from '@fieldnotes/table/session-entries'
import type { Table } from '@fieldnotes/table/table'
import type { Item, Write } from '@fieldnotes/table/writes'
import type { Sealed } from '../crypto/envelope.ts'
import { type Holder, holderIn, isBytes } from './session-item.ts'

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

/** Notes that were read. */
export interface EndedSessions {
  readonly sessions: readonly EndedSession[]
  /** How many can't be read: of another form, or of an item of another form. */
  readonly unreadable: number
}

type Reads = Pick<Table, 'query' | 'get'>

/** Sessions of one person that have ended, at most `most`. @throws UNAVAILABLE */
export async function readEndedOf(table: Reads, personId: string, most: number): Promise<readonly EndedSession[]> {
  return (await endedOf(table, await keysIn(table, [`${personId}#`, `${personId}#~`], most))).sessions
}

/**
 * Sessions of all people that have ended, at most `most`: those of ids from `first` on, and then those of the ids
 * before it. @throws UNAVAILABLE
 */
export async function readEnded(table: Reads, most: number, first = ''): Promise<EndedSessions> {
  const behind = await keysIn(table, [first, '~'], most)
  const more = most - behind.length
  const before = first !== '' && more > 0 ? await keysIn(table, ['', first], more) : []
  return endedOf(table, [...new Set([...behind, ...before])])
}

async function keysIn(table: Reads, between: readonly [string, string], limit: number): Promise<readonly string[]> {
  const { items } = await table.query({ pk: endedPartition, between, forward: true, limit })
  return items.map(({ sk }) => sk)
}

async function endedOf(table: Reads, keys: readonly string[]): Promise<EndedSessions> {
  const found = await Promise.all(keys.map((key) => oneOf(table, key)))
  const sessions = found.filter((session) => session !== undefined)
  return { sessions, unreadable: found.length - sessions.length }
}

/** Undefined for what can't be read, which holds up no other session. */
async function oneOf(table: Reads, key: string): Promise<EndedSession | undefined> {
  const [personId = '', text = ''] = key.split('#')
  const id = parseDigest(text)
  if (id === undefined) return undefined
  const item = await table.get(sessionKey(id))
  if (!item) return { id, personId, held: undefined }
  const held = heldOf(item)
  return held && { id, personId, held }
}

function heldOf(item: Item): Held | undefined {
  const { loginId, dataKey, box } = item
  if (!(isText(loginId) && isBytes(dataKey) && isBytes(box))) return undefined
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
