import type { Revocation } from '@fieldnotes/core/revocation'
import { createIdentity } from '@fieldnotes/identity/identity'
import { createRevocationList, revocationWindowSeconds } from '@fieldnotes/identity/revocation-list'
import type { Settings } from '@fieldnotes/identity/settings'

export function identityWith(settings: Settings, read: (sinceSeconds: number) => Promise<readonly Revocation[]>) {
  const windowSeconds = revocationWindowSeconds(settings.issuers)
  const isRevoked = createRevocationList({ read, windowSeconds, clock: Date.now, log: settings.log })
  return createIdentity({ ...settings, isRevoked })
}
