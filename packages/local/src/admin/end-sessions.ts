/** Ends the browser sessions of a person whom an operator has revoked. */
import { createSessionStore } from '@fieldnotes/table/session-store'
import { createTable } from '@fieldnotes/table/table'
import type { TableConfig } from '@fieldnotes/table/table-config'
import { CommandFailed, wordsOf } from '../usage-error.ts'

/** Milliseconds for all sessions together. */
const endMs = 10_000

/**
 * Ends the sessions that began until `at`, in seconds since the epoch, and returns how many this call has ended.
 * @throws CommandFailed when the table refuses or is out of reach: the revocation is written all the same
 */
export async function endSessions(access: TableConfig, personId: string, at: number): Promise<number> {
  const table = createTable(access).until({ at: Date.now() + endMs, clock: Date.now })
  const store = createSessionStore(table, Date.now)
  try {
    const sessions = (await store.list(personId)).filter(({ firstSeen }) => firstSeen <= at)
    const ended = await Promise.all(sessions.map(({ id }) => store.end(personId, id)))
    return ended.filter((session) => session !== undefined).length
  } catch (error) {
    throw new CommandFailed(
      `The revocation is written. Browser sessions are not ended (${wordsOf(error)}), so run the command again.`,
    )
  }
}
