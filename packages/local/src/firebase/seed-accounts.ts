/** alice, bob and carol: the persons of the token command, with the password `fieldnotes-<name>`. */
import { firebaseProfile, firebaseSubject } from '../issuers/token-claims.ts'
import type { Account } from './account-record.ts'
import { newAccount } from './new-account.ts'
import { hashPassword } from './passwords.ts'

/** People of the examples. */
const people = ['alice', 'bob', 'carol']

async function seed(person: string, now: number): Promise<Account> {
  const { name, email } = firebaseProfile(person)
  return {
    ...newAccount(firebaseSubject(person), now),
    ...{ email, emailVerified: true, displayName: name },
    ...{ password: await hashPassword(`fieldnotes-${person}`), passwordUpdatedAt: now },
    // Tokens of the token command that are older than this file stay valid.
    validSince: 0,
  }
}

/** The accounts of a new data folder. `now` is in milliseconds since the epoch. */
export function seedAccounts(now: number): Promise<readonly Account[]> {
  return Promise.all(people.map((person) => seed(person, now)))
}
