/** The sessions of a person: list them, end one, end all. It needs no key service, and never sees a token. */
import { endedSessionKey, loginSessionKey, personSessionKey, sessionKey } from './access-keys.ts'
import { type Digest, parseDigest } from './digest.ts'
import { isWritten } from './failures.ts'
import { seconds } from './instants.ts'
import { readAll } from './read-all.ts'
import { hasEnded, idIn, type ListedSession, listedOf } from './session-entries.ts'
import type { Table } from './table.ts'
import type { Item, Write } from './writes.ts'

/** Every call throws UNAVAILABLE when the table is out of reach. A call that is repeated has no further effect. */
export interface SessionStore {
  /** The person's live sessions, the one that was seen last first. */
  readonly list: (personId: string) => Promise<readonly ListedSession[]>
  /**
   * Ends a session of this person, and returns it; undefined when they have no such live session: another person's id,
   * an ended one and any other text are alike. Of calls at the same time one gets the session. Its cookie is refused at
   * once; its tokens until they expire, unless the caller revokes `loginId` (`writeRevocation`).
   */
  readonly end: (personId: string, id: string) => Promise<ListedSession | undefined>
  /**
   * Ends the person's live sessions of sign-ins until an instant in seconds since the epoch (`auth_time`), and returns
   * those that this call has ended.
   */
  readonly endAll: (personId: string, until: number) => Promise<readonly ListedSession[]>
  /** Ends the live sessions of a sign-in by its id alone, as operators know it. */
  readonly endLogin: (loginId: string) => Promise<readonly ListedSession[]>
}

/** What the store needs of a table. */
export type SessionTable = Pick<Table, 'query' | 'transact'>

/** The store in the table Access. `clock` returns milliseconds since the epoch. */
export function createSessionStore(table: SessionTable, clock: () => number): SessionStore {
  const now = () => seconds(clock())
  const live = async (personId: string, ids?: Range) => {
    const entries = await readEntries(table, personId, ids)
    return entries.map(listedOf).filter((session) => !hasEnded(session, now()))
  }
  const end = async (personId: string, session: ListedSession) => {
    const ended = await isWritten(() => table.transact(endingWrites(personId, session, now())))
    return ended ? session : undefined
  }
  const endOne = async (personId: string, id: Digest) => {
    const [session] = await live(personId, [id, id])
    return session && end(personId, session)
  }
  return {
    list: async (personId) => (await live(personId)).sort((one, other) => other.lastSeen - one.lastSeen),
    end: async (personId, text) => {
      const id = parseDigest(text)
      return id && endOne(personId, id)
    },
    endAll: async (personId, until) => {
      const sessions = (await live(personId)).filter(({ signedInAt }) => signedInAt <= until)
      return allEnded(sessions.map((session) => end(personId, session)))
    },
    endLogin: async (loginId) => {
      const named = await readLogin(table, loginId)
      return allEnded(named.map(({ sk, personId }) => endOne(String(personId), idIn(sk))))
    },
  }
}

async function allEnded(ends: readonly Promise<ListedSession | undefined>[]): Promise<readonly ListedSession[]> {
  return (await Promise.all(ends)).filter((session) => session !== undefined)
}

/** The first and the last id. */
type Range = readonly [low: Digest, high: Digest]

/** `~` follows every character of a digest in ASCII. */
const anyId = ['', '~'] as unknown as Range

/** Reads a person's entries. */
async function readEntries(
  table: Pick<Table, 'query'>,
  personId: string,
  [low, high]: Range = anyId,
): Promise<readonly Item[]> {
  const { pk, sk } = personSessionKey(personId, low)
  const between = [sk, personSessionKey(personId, high).sk] as const
  return readAll(table, { pk, between, forward: true, limit: pageMax })
}

/** Reads which sessions a sign-in has. */
function readLogin(table: Pick<Table, 'query'>, loginId: string): Promise<readonly Item[]> {
  const { pk, sk } = loginSessionKey(loginId, anyId[0])
  return readAll(table, { pk, between: [sk, loginSessionKey(loginId, anyId[1]).sk], forward: true, limit: pageMax })
}

/** Entries of one query: a person has few sessions. */
const pageMax = 100

/** Seconds for which an ended session is kept for the provider: as long as a refresh token of the user pool lives. */
const keptSeconds = 30 * 24 * 3600

/**
 * The writes that end a live session, for one transaction: all or none, and none for a session that has ended.
 * `endedAt` is in seconds since the epoch.
 *
 * The item keeps the sealed refresh token, and a note names it, until the provider was informed. The entry, the access
 * token and the lock are removed: a refresh that is running can't store its result.
 */
export function endingWrites(personId: string, { id }: Pick<ListedSession, 'id'>, endedAt: number): readonly Write[] {
  const expiresAt = endedAt + keptSeconds
  return [
    {
      update: sessionKey(id),
      set: { endedAt, expiresAt, access: undefined, lockUntil: undefined },
      add: { version: 1 },
      when: [
        [
          ['=', 'personId', personId],
          ['absent', 'endedAt'],
        ],
      ],
    },
    { remove: personSessionKey(personId, id), when: [[['exists', 'pk']]] },
    { put: { ...endedSessionKey(personId, id), expiresAt } },
  ]
}
