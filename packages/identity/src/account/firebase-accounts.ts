/** Asks Firebase whether a person's account still stands. The one file that knows firebase-admin, loaded when first needed: it costs 70 ms. */
import type { Known } from '@fieldnotes/core/principal'
import type { UserRecord } from 'firebase-admin/auth'
import type { FirebaseIssuer } from '../issuers/issuer.ts'
import { type Refusal, refuse, unavailable } from '../refusals.ts'
import type { Settings } from '../settings.ts'

/** @throws UNAUTHENTICATED when the account is disabled, gone or signed out since; UNAVAILABLE when Firebase does not say */
export type OnlineCheck = (principal: Known) => Promise<void>

/** A check for one project. Costs one request each time; nothing is remembered. */
export function createOnlineCheck(
  row: FirebaseIssuer,
  firebaseOptions: NonNullable<Settings['firebaseOptions']>,
  millisMax: number,
): OnlineCheck {
  let accounts: ReturnType<typeof connect> | undefined
  const ask = async (uid: string): Promise<UserRecord | undefined> => {
    accounts ??= connect(row, firebaseOptions).catch((error) => {
      accounts = undefined
      throw error
    })
    const { getUser } = await accounts
    return getUser(uid).catch(absent)
  }
  return async (principal) => {
    const account = await within(millisMax, ask(principal.subject)).catch(() => unavailable('online_check_failed'))
    const fault = faultOf(account, principal)
    if (fault !== undefined) refuse(fault)
  }
}

async function connect(row: FirebaseIssuer, firebaseOptions: NonNullable<Settings['firebaseOptions']>) {
  const [{ initializeApp, cert }, { getAuth }] = await Promise.all([
    import('firebase-admin/app'),
    import('firebase-admin/auth'),
  ])
  const auth = getAuth(
    initializeApp(
      { projectId: row.projectId, ...firebaseOptions(row, { cert }) },
      `identity ${row.name} ${crypto.randomUUID()}`,
    ),
  )
  const users = row.tenant === null ? auth : auth.tenantManager().authForTenant(row.tenant)
  return { getUser: (uid: string) => users.getUser(uid) }
}

function absent(error: unknown): undefined {
  if ((error as { code?: unknown }).code === 'auth/user-not-found') return undefined
  throw error
}

/** As `verifyIdToken(token, true)` judges: a sign-in before the moment of revocation no longer counts. */
function faultOf(account: UserRecord | undefined, { authenticatedAt = 0 }: Known): Refusal | undefined {
  if (account === undefined) return 'account_deleted'
  if (account.disabled) return 'account_disabled'
  const { tokensValidAfterTime } = account
  const revoked = tokensValidAfterTime !== undefined && !(authenticatedAt * 1000 >= Date.parse(tokensValidAfterTime))
  return revoked ? 'login_revoked' : undefined
}

async function within<T>(millis: number, promise: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error('late')), millis)
  return Promise.race([promise, late.promise]).finally(() => clearTimeout(timer))
}
