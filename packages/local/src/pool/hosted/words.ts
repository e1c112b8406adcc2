/** What the pages say about a refused act. */
import type { AccountReason, AccountRefusal } from '../people/account-refusal.ts'

/** The field that a refusal belongs to; a refusal without one belongs to the whole form. */
export interface Fault {
  readonly field?: 'username' | 'email' | 'name' | 'password' | 'code'
  readonly words: (waitSeconds: number) => string
}

function seconds(count: number): string {
  return count === 1 ? 'one second' : `${count} seconds`
}

const faults: Readonly<Record<AccountReason, Fault>> = {
  BUSY: { words: () => 'Too many people are signing in. Try again in a few seconds.' },
  CREDENTIALS_WRONG: { words: () => 'That name and that password do not belong together.' },
  ENDED: { words: () => 'This sign-in has ended. Sign in again.' },
  LOCKED: { words: (wait) => `Too many attempts. Try again in ${seconds(wait)}.` },
  UNCONFIRMED: { words: () => 'The address of this account is not confirmed yet.' },
  CODE_WRONG: { field: 'code', words: () => 'That code does not fit, or it was used or is too old.' },
  CODE_TOO_SOON: { words: (wait) => `A new code can be sent in ${seconds(wait)}.` },
  PASSWORD_WEAK: { field: 'password', words: () => 'This password lacks what is marked below. Type it again.' },
  EMAIL_INVALID: { field: 'email', words: () => 'An address looks like alice@example.org.' },
  NAME_INVALID: { field: 'name', words: () => 'Use one line of 1 to 100 characters that can be seen.' },
  USERNAME_INVALID: { field: 'username', words: () => 'Use lower-case letters, digits and dashes.' },
  USERNAME_TAKEN: { field: 'username', words: () => 'This name is in use.' },
  POOL_FULL: { words: () => 'This user pool is full. Delete its file in the data folder to begin again.' },
  SIGN_UPS_WAIT: { field: 'email', words: () => 'Five sign-ups with this address wait for their codes.' },
}

/** Words of a refusal, for the field `name` or for the whole form. */
export function wordsFor(refusal: AccountRefusal | undefined, name?: Fault['field']): string | undefined {
  if (!refusal) return undefined
  const { field, words } = faults[refusal.reason]
  return field === name ? words(refusal.waitSeconds) : undefined
}

/** Words of a refusal on a page without the field it belongs to. */
export function anyWordsFor(refusal: AccountRefusal | undefined): string | undefined {
  return refusal && faults[refusal.reason].words(refusal.waitSeconds)
}
