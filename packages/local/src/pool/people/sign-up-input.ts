/** What a person enters to sign up, and the account that it becomes. */
import { randomUUID } from 'node:crypto'
import { lineFault } from '@fieldnotes/core/visible-text'
import { isEmailAddress } from '../../email-address.ts'
import { cognitoSubject } from '../../issuers/token-claims.ts'
import { hashPassword } from '../../password-hash.ts'
import { AccountRefusal } from './account-refusal.ts'
import { isAcceptable } from './password-policy.ts'
import { loginKey } from './people.ts'
import type { Person } from './pool-person.ts'

/** What a person enters. */
export interface SignUpInput {
  /** A name to sign in with. Without one, the person signs in with the address alone. */
  readonly username?: string | undefined
  readonly email: string
  readonly name?: string | undefined
  readonly password: string
}

/** Names as the token command takes them. */
const username = /^[a-z][a-z0-9-]{0,31}$/

/** Characters of a person's name, at most. */
export const nameCharsMax = 100

/** The input in the form in which it is stored. @throws AccountRefusal for a fault of a member */
export function parseSignUp({ username: given, email, name, password }: SignUpInput): SignUpInput {
  const [login, key] = [given === undefined ? undefined : loginKey(given), loginKey(email)]
  if (login !== undefined && !username.test(login)) throw new AccountRefusal('USERNAME_INVALID')
  if (!isEmailAddress(key)) throw new AccountRefusal('EMAIL_INVALID')
  if (name !== undefined && lineFault(name, nameCharsMax) !== undefined) throw new AccountRefusal('NAME_INVALID')
  if (!isAcceptable(password)) throw new AccountRefusal('PASSWORD_WEAK')
  return { username: login, email: key, name: name?.trim(), password }
}

/** The account of a parsed input; its address is not confirmed. */
export async function newPerson({ username: login, email, name, password }: SignUpInput): Promise<Person> {
  const sub = login === undefined ? randomUUID() : cognitoSubject(login)
  return {
    sub,
    username: login ?? sub,
    email,
    emailVerified: false,
    name,
    groups: [],
    password: await hashPassword(password),
    confirmed: false,
    createdAt: Date.now(),
  }
}
