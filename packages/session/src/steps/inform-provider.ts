/** Revokes the refresh tokens of ended sessions at the provider. What fails is tried again by `informOfEnded`. */
import { groupMax, leftOf, minuteOf } from '@fieldnotes/api/in-groups'
import { digestOf } from '@fieldnotes/table/digest'
import { SealBroken } from '../crypto/box.ts'
import { type EndedSession, forget, type Held, readEnded, readEndedOf } from '../store/ended-sessions.ts'
import { holderOf, reasonOf, type SessionParts } from './session-parts.ts'

type Parts = Pick<SessionParts, 'table' | 'provider' | 'ownIssuer' | 'envelope' | 'log'>

/** Sessions in one call of `informOfEnded`, at most: further ones wait for the next. */
const sessionsMax = 500

/**
 * Revokes the refresh tokens of ended sessions of a person, at most ten, and removes these sessions. It never throws:
 * the person is signed out whether or not the provider answers.
 */
export async function informProvider(parts: Parts, personId: string): Promise<void> {
  try {
    const sessions = await readEndedOf(parts.table, personId, groupMax)
    await leftOf(sessions, (session) => isTaken(parts, session))
  } catch (error) {
    parts.log('warn', 'session.provider_not_informed', { reason: reasonOf(error) })
  }
}

/**
 * Does the same for all people, for at most 500 sessions, each provider beside the other. It stops with a provider that
 * takes none of ten, and begins with another person in each minute: what fails holds up no other for long. Returns how
 * many of those that it has read are left. @throws UNAVAILABLE when the sessions can't be read
 */
export async function informOfEnded(parts: Parts & Pick<SessionParts, 'clock'>): Promise<number> {
  const first = digestOf(String(minuteOf(parts.clock())))
  const { sessions, unreadable } = await readEnded(parts.table, sessionsMax, first)
  if (unreadable > 0) parts.log('error', 'session.note_unreadable', { notes: unreadable })
  const byHolder = Map.groupBy(sessions, ({ held }) => held?.heldBy)
  const left = await Promise.all([...byHolder.values()].map((of) => leftOf(of, (session) => isTaken(parts, session))))
  return left.reduce((sum, count) => sum + count, unreadable)
}

async function isTaken(parts: Parts, session: EndedSession): Promise<boolean> {
  try {
    if (session.held) await revokeAt(parts, session.id, session.held)
    await forget(parts.table, session)
    return true
  } catch (error) {
    parts.log('warn', 'session.provider_not_informed', { reason: reasonOf(error) })
    return false
  }
}

async function revokeAt(parts: Parts, id: string, { heldBy, refresh }: Held): Promise<void> {
  const { envelope, log } = parts
  try {
    await holderOf(parts, heldBy).revoke(await envelope.open(refresh, id))
  } catch (error) {
    // What does not open never will.
    if (!(error instanceof SealBroken)) throw error
    log('error', 'session.seal_broken', { what: 'refresh token' })
  }
}
