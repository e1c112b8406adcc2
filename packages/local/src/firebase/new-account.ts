/** Creates accounts, and ends the tokens of accounts. */
import { randomBytes } from 'node:crypto'
import type { Account } from './account-record.ts'

/** A random id of 28 characters, as Firebase's own have. */
export function newLocalId(): string {
  return randomBytes(21).toString('base64url').replace(/[-_]/g, '0')
}

/**
 * Members that end an account's tokens. ID tokens have whole seconds, so that those of this second end too, and the
 * next ones are dated in the next second; after several changes in one second, in a later one. `now` is in
 * milliseconds.
 */
export function revocation({ validSince }: Account, now: number): Pick<Account, 'validSince' | 'epoch'> {
  const second = Math.floor(now / 1000)
  return { validSince: datedAhead(validSince, second) ? validSince + 1 : second + 1, epoch: newEpoch() }
}

/** Seconds by which tokens may be dated ahead, at most: `identity` accepts a clock that is as much ahead. */
const aheadMax = 10

/** Whether tokens are dated at `validSince`, because of a revocation just now. Times are in seconds. */
export function datedAhead(validSince: number, second: number): boolean {
  return validSince > second && validSince < second + aheadMax
}

function newEpoch(): string {
  return randomBytes(9).toString('base64url')
}

/** An account without address, password and link. `now` is in milliseconds since the epoch. */
export function newAccount(localId: string, now: number): Account {
  return {
    localId,
    email: undefined,
    emailVerified: false,
    displayName: undefined,
    photoUrl: undefined,
    password: undefined,
    passwordUpdatedAt: undefined,
    google: undefined,
    customAttributes: undefined,
    disabled: false,
    createdAt: now,
    lastLoginAt: now,
    validSince: Math.floor(now / 1000),
    epoch: newEpoch(),
  }
}
