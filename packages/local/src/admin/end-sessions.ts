/** Ends the browser sessions of a person or a sign-in that an operator has revoked. */
import type { Revocation } from '@fieldnotes/core/revocation'
import type { ListedSession } from '@fieldnotes/table/session-entries'
import { createSessionStore, type SessionStore } from '@fieldnotes/table/session-store'
import { createTable } from '@fieldnotes/table/table'
import type { TableConfig } from '@fieldnotes/table/table-config'
import { CommandFailed, wordsOf } from '../usage-error.ts'

/** Milliseconds for all sessions together. */
const endMs = 10_000

/**
 * Ends the sessions of a person's sign-ins until the instant, or those of one sign-in. Returns how many this call has
 * ended; undefined for a kind that names no session.
 * @throws CommandFailed when the table refuses or is out of reach: the revocation is written all the same
 */
export async function endSessions(access: TableConfig, revocation: Revocation): Promise<number | undefined> {
  const table = createTable(access).until({ at: Date.now() + endMs, clock: Date.now })
  try {
    return (await endedBy(revocation, createSessionStore(table, Date.now)))?.length
  } catch (error) {
    throw new CommandFailed(
      `The revocation is written. Browser sessions are not ended (${wordsOf(error)}), so run the command again.`,
    )
  }
}

/** The sessions that end with a person or a sign-in. The other kinds name no session. */
function endedBy(revocation: Revocation, store: SessionStore): Promise<readonly ListedSession[]> | undefined {
  if (revocation.kind === 'person') return store.endAll(revocation.personId, revocation.at)
  return revocation.kind === 'login' ? store.endLogin(revocation.loginId) : undefined
}
