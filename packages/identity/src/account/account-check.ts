/** Which principals are asked after online: those of rows that say so. */
import type { Principal } from '@fieldnotes/core/principal'
import type { Bounds } from '../bounds.ts'
import type { Settings } from '../settings.ts'
import { createOnlineCheck, type OnlineCheck } from './firebase-accounts.ts'

/** Looks the row up by the principal's own issuer. */
export function createConfirm(settings: Settings, bounds: Bounds): (principal: Principal) => Promise<void> {
  const { issuers, firebaseOptions = () => ({}) } = settings
  const checks = new Map<string, OnlineCheck>()
  for (const row of issuers) {
    if (row.kind !== 'firebase' || row.onlineCheck !== true) continue
    checks.set(row.name, createOnlineCheck(row, firebaseOptions, bounds.onlineCheckMillisMax))
  }
  return async (principal) => {
    if (principal.kind !== 'anonymous') await checks.get(principal.issuer)?.(principal)
  }
}
