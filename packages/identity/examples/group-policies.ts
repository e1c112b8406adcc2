import type { GroupPolicy } from '@fieldnotes/core/group-policy'
import { createGroupPolicies } from '@fieldnotes/identity/group-policies'
import { createIdentity } from '@fieldnotes/identity/identity'
import type { Settings } from '@fieldnotes/identity/settings'

export function governedIdentity(settings: Settings, read: () => Promise<readonly GroupPolicy[]>) {
  const allowedScopes = createGroupPolicies({ read, mode: 'governed', clock: Date.now, log: settings.log })
  return createIdentity({ ...settings, allowedScopes })
}
