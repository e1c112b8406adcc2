/** Whether a sign-in is revoked by now: by a read of its own. */
import { AppError } from '@fieldnotes/core/error'
import { hasEnded } from '@fieldnotes/table/lasting-ends'
import type { Person, SessionParts } from './session-parts.ts'

/**
 * The list of revocations is 5 seconds old, and forgets one after 79 minutes; a browser may be idle for 8 hours. This
 * reads what is stored for as long as anything can be refreshed: ends of the person, of the sign-in and of the client.
 * @throws UNAUTHENTICATED for a revoked sign-in; UNAVAILABLE
 */
export async function assertNotRevokedNow({ table }: Pick<SessionParts, 'table'>, person: Person): Promise<void> {
  const { id: personId, loginId, issuer, clientId = '-', authenticatedAt: authTime = 0 } = person
  if (await hasEnded(table, { personId, loginId, issuer, clientId, authTime }))
    throw new AppError('UNAUTHENTICATED', 'revoked')
}
