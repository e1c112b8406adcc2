/**
 * How many revocations one person may write. All doors read all revocations: without a limit one person could fill the
 * list, with which every door is closed.
 */
import { AppError } from '@fieldnotes/core/error'
import type { RevocationKind } from '@fieldnotes/core/revocation'
import { signOutsOfPersonKey } from './access-keys.ts'
import type { Write } from './writes.ts'

/** Seconds that one limit counts: as long as a revocation is read, with the longest lifetime of the usual issuers. */
export const signOutWindowSeconds = 4740

/**
 * Sign-outs of one sign-in, sign-outs of every sign-in, and ended sign-ins of apps that one person may have in a
 * window.
 */
export const signOutsMax = 30

function windowOf(at: number): number {
  return Math.floor(at / signOutWindowSeconds)
}

/**
 * The write that counts sign-outs of a kind, for the transaction that makes them. Its condition fails where the limit
 * has no room for all of them. `at` is in seconds since the epoch.
 */
export function countOf(personId: string, kind: RevocationKind, at: number, signOuts = 1): Write {
  const window = windowOf(at)
  return {
    update: signOutsOfPersonKey(personId, kind, window),
    set: { expiresAt: (window + 2) * signOutWindowSeconds },
    add: { signOuts },
    when: [[['absent', 'signOuts']], [['<=', 'signOuts', signOutsMax - signOuts]]],
  }
}

/** The refusal over the limit: it says how long to wait. */
export function tooMany(at: number): AppError {
  const after = (windowOf(at) + 1) * signOutWindowSeconds - at
  return new AppError('LIMIT_EXCEEDED', 'more sign-outs than a person may have', {
    message: 'Too many sign-outs. Try again later.',
    remedy: { kind: 'RETRY', after },
  })
}
