/** Revokes the refresh tokens of ended sessions at the provider. What fails is tried again by `informOfEnded`. */
import { SealBroken } from '../crypto/box.ts'
import { type EndedSession, forget, type Held, readEnded, readEndedOf } from '../store/ended-sessions.ts'
import { holderOf, reasonOf, type SessionParts } from './session-parts.ts'

type Parts = Pick<SessionParts, 'table' | 'provider' | 'ownIssuer' | 'envelope' | 'log'>

/** Sessions of which the provider is informed at the same time, at most. */
const groupMax = 10

/** Sessions in one call of `informOfEnded`, at most: further ones wait for the next. */
const sessionsMax = 500

/**
 * Revokes the refresh tokens of ended sessions of a person, at most ten, and removes these sessions. It never throws:
 * the person is signed out whether or not the provider answers.
 */
export async function informProvider(parts: Parts, personId: string): Promise<void> {
  try {
    await takenOf(parts, await readEndedOf(parts.table, personId, groupMax))
  } catch (error) {
    parts.log('warn', 'session.provider_not_informed', { reason: reasonOf(error) })
  }
}

/**
 * Does the same for all people, for at most 500 sessions, each provider beside the other. It stops with a provider that
 * takes none of ten. Returns how many of those that it has read are left. @throws UNAVAILABLE when the sessions can't
 * be read
 */
export async function informOfEnded(parts: Parts): Promise<number> {
  const ended = await readEnded(parts.table, sessionsMax)
  const byHolder = Map.groupBy(ended, ({ held }) => held?.heldBy)
  const left = await Promise.all([...byHolder.values()].map((sessions) => leftOf(parts, sessions)))
  return left.reduce((sum, count) => sum + count, 0)
}

async function leftOf(parts: Parts, ended: readonly EndedSession[]): Promise<number> {
  let done = 0
  for (let from = 0; from < ended.length; from += groupMax) {
    const taken = await takenOf(parts, ended.slice(from, from + groupMax))
    done += taken
    if (taken === 0) break
  }
  return ended.length - done
}

/** How many of these sessions the provider has taken. */
async function takenOf(parts: Parts, group: readonly EndedSession[]): Promise<number> {
  const taken = await Promise.all(group.map((session) => isTaken(parts, session)))
  return taken.filter(Boolean).length
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
