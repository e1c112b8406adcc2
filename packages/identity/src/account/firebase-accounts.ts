/**
 * Looks accounts up in a Firebase project. The only file that imports firebase-admin: an optional package, loaded at
 * the first look-up because loading takes about 70 ms.
 */
import type { FirebaseIssuer } from '../issuers/issuer.ts'
import type { Settings } from '../settings.ts'
import type { Account } from './account-fault.ts'

/** The accounts of one project. */
export interface FirebaseAccounts {
  /** Returns the account with this id; `undefined` when there is none. Costs one request. */
  readonly find: (uid: string) => Promise<Account | undefined>
}

type FirebaseOptionsOf = NonNullable<Settings['firebaseOptions']>

/** Connects at the first look-up. After a failure, the next look-up connects again. */
export function createFirebaseAccounts(row: FirebaseIssuer, firebaseOptions: FirebaseOptionsOf): FirebaseAccounts {
  let connection: ReturnType<typeof connect> | undefined
  return {
    async find(uid) {
      connection ??= connect(row, firebaseOptions).catch((error) => {
        connection = undefined
        throw error
      })
      const { getUser } = await connection
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
function loadFirebaseAdmin(issuer: string) {
  const explain = (error: unknown): never => {
    throw isMissing(error) ? new FirebaseAdminMissing(issuer) : error
  }
  return Promise.all([import('firebase-admin/app').catch(explain), import('firebase-admin/auth').catch(explain)])
}

/**
 * Whether firebase-admin itself is missing. A file that is missing inside an installed firebase-admin is another fault.
 */
function isMissing(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown }
  return code === 'ERR_MODULE_NOT_FOUND' && /\bpackage 'firebase-admin'/.test(String(message))
}

/** The optional package is needed and not installed. */
export class FirebaseAdminMissing extends Error {
  override readonly name = 'FirebaseAdminMissing'

  constructor(issuer: string) {
    super(`issuer ${issuer} has onlineCheck: true, which needs the package firebase-admin: npm install firebase-admin`)
  }
}

function absentOrThrow(error: unknown): undefined {
  if ((error as { code?: unknown }).code === 'auth/user-not-found') return undefined
  throw error
}
