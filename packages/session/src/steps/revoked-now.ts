/** Whether a sign-in is revoked by now: by a read of its own, where the list of revocations does not do. */
import { AppError } from '@fieldnotes/core/error'
import { hasEnded } from '@fieldnotes/table/lasting-ends'
import type { Person, SessionParts } from './session-parts.ts'

/**
 * The list is 5 seconds old, and forgets a revocation after 79 minutes; a browser may be idle for 8 hours. This reads
 * what is stored for as long as anything can be refreshed: the end of the person's sign-ins, of this one, of the client.
 * @throws UNAUTHENTICATED for a revoked sign-in; UNAVAILABLE
 */
export async function assertNotRevokedNow({ table }: Pick<SessionParts, 'table'>, person: Person): Promise<void> {
  const { id: personId, loginId, issuer, clientId = '-', authenticatedAt: authTime = 0 } = person
  if (await hasEnded(table, { personId, loginId, issuer, clientId, authTime }))
    throw new AppError('UNAUTHENTICATED', 'revoked')
}
