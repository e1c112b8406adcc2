/** Sign-ins that were started and not finished. Each is finished once, in the browser that started it. */
import { AppError } from '@fieldnotes/core/error'
import { signInKey } from '@fieldnotes/table/access-keys'
import { digestOf } from '@fieldnotes/table/digest'
import { isWritten } from '@fieldnotes/table/failures'
import type { Table } from '@fieldnotes/table/table'
import type { Key } from '@fieldnotes/table/writes'
import { open, SealBroken, seal } from '../crypto/box.ts'
import { type CookieSecret, keyOf } from '../crypto/cookie-secret.ts'

/** Seconds within which a sign-in must be finished. */
export const signInSeconds = 600

/** What the callback needs. */
export interface StartedSignIn {
  readonly attempt: { readonly state: string; readonly verifier: string; readonly nonce: string }
  readonly returnPath: string
  readonly againPath: string
  readonly maxAge: number | undefined
  /** Since when the person must have signed in at the provider, in seconds since the epoch. */
  readonly signedInSince: number | undefined
}

/** Stores a sign-in, sealed under a key of the browser's cookie. @throws UNAVAILABLE */
export async function storeSignIn(
  table: Pick<Table, 'write'>,
  cookie: CookieSecret,
  started: StartedSignIn,
  now: number,
): Promise<void> {
  const key = signInKey(digestOf(started.attempt.state))
  const box = seal(keyOf(cookie, 'sign-in'), JSON.stringify(started), key.pk)
  await table.write({ put: { ...key, box, expiresAt: now + signInSeconds }, when: [[['absent', 'pk']]] })
}

function refuse(reason: string): never {
  throw new AppError('BAD_USER_INPUT', reason)
}

/**
 * Takes the sign-in of a callback's `state` out of the table. Of several callbacks at the same time one gets it. A
 * callback in another browser leaves it where it is.
 * @throws BAD_USER_INPUT for a sign-in that this browser did not start, that has expired, or was finished before
 */
export async function consumeSignIn(
  table: Pick<Table, 'get' | 'write'>,
  cookie: CookieSecret | undefined,
  query: URLSearchParams,
  now: number,
): Promise<StartedSignIn> {
  const [state, ...more] = query.getAll('state')
  if (cookie === undefined) refuse('sign_in_of_no_browser')
  if (!state || more.length > 0) refuse('sign_in_state_missing')
  const key = signInKey(digestOf(state))
  const item = await table.get(key)
  if (!item || Number(item.expiresAt) <= now) refuse('sign_in_unknown')
  const started = opened(keyOf(cookie, 'sign-in'), item.box, key.pk)
  await remove(table, key, now)
  return started
}

function opened(key: Uint8Array, box: unknown, context: string): StartedSignIn {
  try {
    return JSON.parse(open(key, box as Uint8Array, context)) as StartedSignIn
  } catch (error) {
    if (error instanceof SealBroken) return refuse('sign_in_of_another_browser')
    throw error
  }
}

async function remove(table: Pick<Table, 'write'>, key: Key, now: number): Promise<void> {
  const when = [[['exists', 'pk'] as const, ['>', 'expiresAt', now] as const]]
  if (!(await isWritten(() => table.write({ remove: key, when })))) refuse('sign_in_finished_before')
}
