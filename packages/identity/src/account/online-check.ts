/** Online checks of accounts, for the issuers that are configured for them. */
import type { Principal } from '@fieldnotes/core/principal'
import { withTimeout } from '@fieldnotes/core/with-timeout'
import type { Bounds } from '../bounds.ts'
import type { FirebaseIssuer } from '../issuers/issuer.ts'
import { refuse, unavailable } from '../refusals.ts'
import type { Settings } from '../settings.ts'
import { accountFault } from './account-fault.ts'
import { createFirebaseAccounts, type FirebaseAccounts } from './firebase-accounts.ts'
import { FirebaseAdminMissing } from './missing-peer.ts'

/** Builds the check. It selects the account's project by the principal's issuer and remembers no result. */
export function createOnlineCheck(settings: Settings, bounds: Bounds): (principal: Principal) => Promise<void> {
  const { issuers, firebaseOptions = () => ({}) } = settings
  const projects = new Map(
    issuers.filter(isChecked).map((row) => [row.name, createFirebaseAccounts(row, firebaseOptions)]),
  )
  return async (principal) => {
    if (principal.kind === 'anonymous') return
    const accounts = projects.get(principal.issuer)
    if (accounts === undefined) return
    const account = await find(accounts, principal.subject, bounds.onlineCheckMillisMax)
    const fault = accountFault(account, principal)
    if (fault !== undefined) refuse(fault)
  }
}

function isChecked(row: Settings['issuers'][number]): row is FirebaseIssuer {
  return row.kind === 'firebase' && row.onlineCheck === true
}

/** firebase-admin's errors quote requests. Of these errors only a missing package is passed on, for the log. */
function find(accounts: FirebaseAccounts, uid: string, millisMax: number) {
  return withTimeout(millisMax, () => accounts.find(uid)).catch((error: unknown) =>
    error instanceof FirebaseAdminMissing
      ? unavailable('firebase_admin_missing', error)
      : unavailable('online_check_failed'),
  )
}
