/** Informs issuers that a person has signed out everywhere, so that their refresh tokens end too. */
import type { Log } from '@fieldnotes/core/log'
import { withTimeout } from '@fieldnotes/core/with-timeout'
import { createSessionStore } from '@fieldnotes/table/session-store'
import { forgetSignOut, isReadableSignOut, type PendingSignOut, readPendingSignOuts } from '@fieldnotes/table/sign-outs'
import type { Table } from '@fieldnotes/table/table'
import { beginningAt, leftOf, minuteOf, succeeded } from './in-groups.ts'

/**
 * Ends every sign-in of a person at their issuer. Resolves also for a person that the issuer does not know. It may be
 * repeated. @throws when the issuer was not informed
 */
export type EndSignIns = (subject: string) => Promise<void>

/** Name of an issuer → how its sign-ins end. The refresh tokens of any other issuer go on. */
export type IssuerSignOuts = Readonly<Record<string, EndSignIns>>

/** What informing needs. */
export interface InformParts {
  readonly table: Pick<Table, 'query' | 'write'>
  readonly issuers: IssuerSignOuts
  readonly log: Log
}

/** Milliseconds that one issuer gets to answer. */
const answerMs = 3000

/**
 * Informs one issuer, and then removes the note of it. True when nothing is left to do. It never throws: what failed is
 * logged, and the note stays for `informPending`.
 */
export async function informIssuer({ table, issuers, log }: InformParts, signOut: PendingSignOut): Promise<boolean> {
  const { issuer, subject } = signOut
  try {
    const endSignIns = Object.hasOwn(issuers, issuer) ? issuers[issuer] : undefined
    if (endSignIns) await withTimeout(answerMs, () => endSignIns(subject))
    else log('info', 'sign_out.issuer_without_way', { issuer })
    await forgetSignOut(table, signOut)
    return true
  } catch (error) {
    log('warn', 'sign_out.issuer_not_informed', { issuer, cause: error instanceof Error ? error.stack : undefined })
    return false
  }
}

/** What the pass needs: it also ends sessions. */
export interface PassParts extends Omit<InformParts, 'table'> {
  readonly table: Pick<Table, 'query' | 'transact' | 'write'>
  /** Milliseconds since the epoch. */
  readonly clock: () => number
}

/**
 * Informs the issuers of every note, ten at a time and each issuer beside the others. Before that it ends all browser
 * sessions that the sign-outs have left behind, by a crash after their first write. What fails for one person holds up
 * no other: an issuer that takes none of ten is left alone until the next pass, which begins with other notes. Returns
 * how many notes are left. @throws UNAVAILABLE when the notes can't be read
 */
export async function informPending(parts: PassParts): Promise<number> {
  const all = beginningAt(minuteOf(parts.clock()), await readPendingSignOuts(parts.table))
  const ready = await succeeded(all, (note) => endsSessions(parts, note))
  const byIssuer = Map.groupBy(ready, ({ issuer }) => issuer)
  const left = await Promise.all([...byIssuer.values()].map((of) => leftOf(of, (note) => informIssuer(parts, note))))
  return left.reduce((sum, count) => sum + count, all.length - ready.length)
}

async function endsSessions({ table, clock, log }: PassParts, signOut: PendingSignOut): Promise<boolean> {
  if (!isReadableSignOut(signOut)) {
    log('error', 'sign_out.note_unreadable')
    return false
  }
  try {
    await createSessionStore(table, clock).endAll(signOut.personId, signOut.at)
    return true
  } catch (error) {
    log('warn', 'sign_out.sessions_not_ended', { cause: error instanceof Error ? error.stack : undefined })
    return false
  }
}
