/** The sessions of a person: list them, end one, end all. It needs no key service, and never sees a token. */
import { personSessionKey, sessionKey } from './access-keys.ts'
import { type Digest, parseDigest } from './digest.ts'
import { isWritten } from './failures.ts'
import { seconds } from './instants.ts'
import { readAll } from './read-all.ts'
import { entryItem, hasEnded, isSignedOut, type ListedSession, listedOf } from './session-entries.ts'
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
  /** Ends the person's live sessions, and returns those that this call has ended. */
  readonly endAll: (personId: string) => Promise<readonly ListedSession[]>
}

/** What the store needs of a table. */
export type SessionTable = Pick<Table, 'query' | 'transact'>

/** The store in the table Access. `clock` returns milliseconds since the epoch. */
export function createSessionStore(table: SessionTable, clock: () => number): SessionStore {
  const now = () => seconds(clock())
  const live = async (personId: string, ids?: Range) => {
    const entries = await readEntries(table, personId, ids)
    const sessions = entries.filter((item) => !isSignedOut(item)).map(listedOf)
    return sessions.filter((session) => !hasEnded(session, now()))
  }
  const end = async (personId: string, session: ListedSession) => {
    const ended = await isWritten(() => table.transact(endWrites(personId, session, now())))
    return ended ? session : undefined
  }
  return {
    list: async (personId) => (await live(personId)).sort((one, other) => other.lastSeen - one.lastSeen),
    end: async (personId, text) => {
      const id = parseDigest(text)
      const [session] = id ? await live(personId, [id, id]) : []
      return session && end(personId, session)
    },
    endAll: async (personId) => {
      const ended = await Promise.all((await live(personId)).map((session) => end(personId, session)))
      return ended.filter((session) => session !== undefined)
    },
  }
}

/** The first and the last id. */
type Range = readonly [low: Digest, high: Digest]

/** `~` follows every character of a digest in ASCII. */
const anyId = ['', '~'] as unknown as Range

/** Reads a person's entries, ended ones too. */
export async function readEntries(
  table: Pick<Table, 'query'>,
  personId: string,
  [low, high]: Range = anyId,
): Promise<readonly Item[]> {
  const { pk, sk } = personSessionKey(personId, low)
  const between = [sk, personSessionKey(personId, high).sk] as const
  return readAll(table, { pk, between, forward: true, limit: pageMax })
}

/** Entries of one query: a person has few sessions. */
const pageMax = 100

/**
 * The item keeps the sealed refresh token, and the entry is kept as ended, until the provider was informed. The access
 * token and the lock are removed: a refresh that is running can't store its result.
 */
function endWrites(personId: string, session: ListedSession, endedAt: number): readonly Write[] {
  const isOpen = ['absent', 'endedAt'] as const
  return [
    {
      update: sessionKey(session.id),
      set: { endedAt, access: undefined, lockUntil: undefined },
      add: { version: 1 },
      when: [[['=', 'personId', personId], isOpen]],
    },
    { put: { ...entryItem(personId, session), endedAt }, when: [[['exists', 'pk'], isOpen]] },
  ]
}
