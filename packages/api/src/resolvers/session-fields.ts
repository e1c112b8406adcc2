/** Fields of `Session` that are not properties of the stored session. */
import type { SessionResolvers } from '../generated/resolver-types.ts'
import { globalId } from '../notes/ids.ts'
import { instant } from '../sign-ins/instant.ts'

export const session: SessionResolvers = {
  id: ({ id }) => globalId('Session', id),
  userAgent: ({ userAgent }) => userAgent || null,
  firstSeen: ({ firstSeen }) => instant(firstSeen),
  lastSeen: ({ lastSeen }) => instant(lastSeen),
}
