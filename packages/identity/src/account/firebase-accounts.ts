/**
 * Looks accounts up in a Firebase project. The only file that imports firebase-admin: an optional package, loaded at
 * the first look-up because loading takes about 70 ms.
 */
import { loadOnce } from '@fieldnotes/core/load-once'
import type { FirebaseIssuer } from '../issuers/issuer.ts'
import type { Settings } from '../settings.ts'
import type { Account } from './account-fault.ts'
import { FirebaseAdminMissing, saysMissing } from './missing-peer.ts'

/** The accounts of one project. */
export interface FirebaseAccounts {
  /** Returns the account with this id; `undefined` when there is none. Costs one request. */
  readonly find: (uid: string) => Promise<Account | undefined>
}

type FirebaseOptionsOf = NonNullable<Settings['firebaseOptions']>

/** Connects at the first look-up. After a failure, the next look-up connects again. */
export function createFirebaseAccounts(row: FirebaseIssuer, firebaseOptions: FirebaseOptionsOf): FirebaseAccounts {
  const connected = loadOnce(() => connect(row, firebaseOptions))
  return {
    async find(uid) {
      const { getUser } = await connected()
      return getUser(uid).catch(absentOrThrow)
    },
  }
}

async function connect(row: FirebaseIssuer, firebaseOptions: FirebaseOptionsOf) {
  const [{ initializeApp, cert }, { getAuth }] = await loadFirebaseAdmin(row.name)
  const auth = getAuth(
    initializeApp(
      { projectId: row.projectId, ...firebaseOptions(row, { cert }) },
      `identity ${row.name} ${crypto.randomUUID()}`,
    ),
  )
  const users = row.tenant === null ? auth : auth.tenantManager().authForTenant(row.tenant)
  return { getUser: (uid: string) => users.getUser(uid) }
}

/** `.catch()` directly behind `import()` keeps esbuild from failing where firebase-admin is not installed. */
async function loadFirebaseAdmin(issuer: string) {
  const explain = (error: unknown): never => {
    throw saysMissing(error) ? new FirebaseAdminMissing(issuer) : error
  }
  const loading = [import('firebase-admin/app').catch(explain), import('firebase-admin/auth').catch(explain)] as const
  const [app, auth] = await Promise.all(loading)
  // A production build of Vite has empty modules in place of a missing optional package, and no error.
  if (!('initializeApp' in app && 'getAuth' in auth)) throw new FirebaseAdminMissing(issuer)
  return [app, auth] as const
}

function absentOrThrow(error: unknown): undefined {
  if ((error as { code?: unknown }).code === 'auth/user-not-found') return undefined
  throw error
}
