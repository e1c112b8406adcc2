/** Ends what descends from sign-ins that an operator has revoked: browser sessions, and sign-ins at the issuer. */
import type { Revocation } from '@fieldnotes/core/revocation'
import type { ListedSession } from '@fieldnotes/table/session-entries'
import { createSessionStore, type SessionStore } from '@fieldnotes/table/session-store'
import { readSource } from '@fieldnotes/table/sign-in-sources'
import { writePendingSignOut } from '@fieldnotes/table/sign-outs'
import { createTable, type Table } from '@fieldnotes/table/table'
import type { TableConfig } from '@fieldnotes/table/table-config'
import { CommandFailed, wordsOf } from '../usage-error.ts'

/** Milliseconds for all sessions together. */
const endMs = 10_000

/** What a call has ended, and what is to end. */
export interface Ended {
  /** Browser sessions that this call has ended; undefined for a kind that names none. */
  readonly sessions: number | undefined
  /**
   * Name of the issuer that the next pass informs; null where the table does not say, or not any more, at which one the
   * person signs in; undefined for a revocation of less than every sign-in of a person.
   */
  readonly informs: string | null | undefined
}

/**
 * Ends the sessions of a person's sign-ins until the instant, or those of one sign-in. Of every sign-in `untilNow` the
 * issuer is to be informed, so that refresh tokens of other apps end too: no issuer ends those of before an instant.
 * @throws CommandFailed when the table refuses or is out of reach: the revocation is written all the same
 */
export async function endSessions(access: TableConfig, revocation: Revocation, untilNow: boolean): Promise<Ended> {
  const table = createTable(access).until({ at: Date.now() + endMs, clock: Date.now })
  const store = createSessionStore(table, Date.now)
  try {
    const isWhole = revocation.kind === 'person' && untilNow
    const informs = isWhole ? await noteIssuer(table, store, revocation) : undefined
    return { sessions: (await endedBy(revocation, store))?.length, informs }
  } catch (error) {
    throw new CommandFailed(
      `The revocation is written. Browser sessions are not ended (${wordsOf(error)}), so run the command again.`,
    )
  }
}

type Person = Extract<Revocation, { readonly kind: 'person' }>

/** Stores the note for the pass. Sessions say where their person signs in, as long as they have not ended. */
async function noteIssuer(table: Pick<Table, 'get' | 'write'>, store: SessionStore, { personId, at }: Person) {
  const { source } = (await store.list(personId)).find((session) => session.source) ?? {}
  const found = source ?? (await readSource(table, personId))
  if (!found) return null
  await writePendingSignOut(table, { personId, ...found, at })
  return found.issuer
}

/** The sessions that end with a person or a sign-in. The other kinds name no session. */
function endedBy(revocation: Revocation, store: SessionStore): Promise<readonly ListedSession[]> | undefined {
  if (revocation.kind === 'person') return store.endAll(revocation.personId, revocation.at)
  return revocation.kind === 'login' ? store.endLogin(revocation.loginId) : undefined
}
