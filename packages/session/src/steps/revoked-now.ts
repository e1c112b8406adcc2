/** Whether a sign-in is revoked by now: by a read of its own, where a copy that is 5 seconds old does not do. */
import { AppError } from '@fieldnotes/core/error'
import { revocationClocksSecondsMax, revocationStoredSeconds } from '@fieldnotes/core/revocation'
import { createRevocationList } from '@fieldnotes/identity/revocation-list'
import { readRevocations } from '@fieldnotes/table/revocations'
import { nowOf, type Person, type SessionParts } from './session-parts.ts'

type Parts = Pick<SessionParts, 'table' | 'clock' | 'log'>

/**
 * Reads the revocations since the sign-in of a person, as far back as they are stored, by one Query.
 * @throws UNAUTHENTICATED for a revoked sign-in; UNAVAILABLE when that can't be read
 */
export async function assertNotRevokedNow(parts: Parts, person: Person): Promise<void> {
  if (await isRevoked(parts, person)) throw new AppError('UNAUTHENTICATED', 'revoked')
}

async function isRevoked(parts: Parts, person: Person): Promise<boolean> {
  const { table, clock, log } = parts
  const sinceSignIn = Math.max(0, nowOf(parts) - (person.authenticatedAt ?? 0))
  const windowSeconds = Math.min(sinceSignIn + revocationClocksSecondsMax, revocationStoredSeconds)
  const list = createRevocationList({ read: (since) => readRevocations(table, since), windowSeconds, clock, log })
  try {
    return await list(person)
  } catch (cause) {
    throw cause instanceof AppError ? cause : new AppError('UNAVAILABLE', 'revocations_unavailable', { cause })
  }
}
