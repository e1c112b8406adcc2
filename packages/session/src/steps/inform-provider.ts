/** Revokes the refresh tokens of ended sessions at the provider. What fails is tried again at the next occasion. */
import { SealBroken } from '../crypto/box.ts'
import { type EndedSession, forget, readEnded } from '../store/open-sessions.ts'
import { reasonOf, type SessionParts } from './session-parts.ts'

/** Sessions in one call, at most. */
const sessionsMax = 10

/**
 * Revokes the refresh tokens of ended sessions of a person, at most ten, and removes these sessions. It never throws:
 * the person is signed out whether or not the provider answers.
 */
export async function informProvider(parts: SessionParts, personId: string): Promise<void> {
  try {
    const ended = await readEnded(parts.table, personId, sessionsMax)
    await Promise.all(ended.map((session) => revokeAt(parts, session)))
  } catch (error) {
    parts.log('warn', 'session.provider_not_informed', { reason: reasonOf(error) })
  }
}

async function revokeAt({ table, provider, envelope, log }: SessionParts, session: EndedSession): Promise<void> {
  try {
    await provider.revoke(await envelope.open(session.refresh, session.id))
  } catch (error) {
    // What does not open never will.
    if (!(error instanceof SealBroken)) throw error
    log('error', 'session.seal_broken', { what: 'refresh token' })
  }
  await forget(table, session)
}
