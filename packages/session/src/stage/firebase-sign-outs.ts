/** Ends the sign-ins of people at a Firebase project. firebase-admin is loaded with the first sign-out. */

import type { ServiceAccount } from '@fieldnotes/api/config'
import type { EndSignIns } from '@fieldnotes/api/inform-issuers'
import { loadOnce } from '@fieldnotes/core/load-once'

/** What is called of firebase-admin. */
interface Accounts {
  readonly revokeRefreshTokens: (uid: string) => Promise<void>
}

/** Opens the accounts of the service account's project. */
async function connect(account: ServiceAccount): Promise<Accounts> {
  const [{ initializeApp, cert }, { getAuth }] = await Promise.all([
    import('firebase-admin/app'),
    import('firebase-admin/auth'),
  ])
  return getAuth(initializeApp({ projectId: account.projectId, credential: cert(account) }, 'session sign-outs'))
}

/**
 * `revokeRefreshTokens` (Firebase, "Manage User Sessions"). A person that the project does not know has no sign-ins.
 * `open` is replaced in tests.
 */
export function createFirebaseSignOuts(account: ServiceAccount, open = connect): EndSignIns {
  const opened = loadOnce(() => open(account))
  return async (uid) => {
    await (await opened()).revokeRefreshTokens(uid).catch(unlessUnknown)
  }
}

/** Codes for an account that does not exist, and for a text that is no id of one. */
const unknown: readonly unknown[] = ['auth/user-not-found', 'auth/invalid-uid']

function unlessUnknown(error: unknown): void {
  if (!unknown.includes((error as { readonly code?: unknown } | null)?.code)) throw error
}
