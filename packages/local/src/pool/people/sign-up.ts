/** Creates accounts: a sign-up, the code that confirms it, and persons of another provider. */
import { randomUUID } from 'node:crypto'
import { lineFault } from '@fieldnotes/core/visible-text'
import { cognitoSubject } from '../../issuers/token-claims.ts'
import type { Mailbox } from '../../mailbox/mailbox.ts'
import { AccountRefusal } from './account-refusal.ts'
import { createCodes } from './codes.ts'
import { hashPassword, isAcceptable } from './passwords.ts'
import { loginKey, type People } from './people.ts'
import type { Federation, Person } from './pool-person.ts'

/** What a person enters. */
export interface SignUpInput {
  /** A name to sign in with. Without one, the person signs in with the address alone. */
  readonly username?: string | undefined
  readonly email: string
  readonly name?: string | undefined
  readonly password: string
}

/** What another provider says about a person. No other claim of it is read, so that it can give no group. */
export interface FederatedProfile {
  readonly email?: string | undefined
  readonly emailVerified: boolean
  readonly name?: string | undefined
}

/** Sign-ups and their codes. */
export interface SignUp {
  /**
   * Stores a sign-up and sends its code. For an address that has an account, the result is the same, and its owner gets
   * a mail. Returns the `sub` to confirm.
   * @throws AccountRefusal for a fault of the input, or when the pool is full
   */
  readonly signUp: (input: SignUpInput) => Promise<string>
  /** Sends another code. An unknown `sub` is answered alike. @throws AccountRefusal CODE_TOO_SOON */
  readonly resend: (sub: string) => void
  /**
   * Confirms the address.
   * @throws AccountRefusal CODE_WRONG, also for a used code and for an address taken meanwhile
   */
  readonly confirm: (sub: string, code: string) => Person
  /** Confirms without a code, as an administrator does. @throws AccountRefusal CODE_WRONG */
  readonly confirmByAdmin: (sub: string) => Person
  /** The account of a person of another provider, created on the first sign-in. @throws AccountRefusal POOL_FULL */
  readonly federate: (federation: Federation, profile: FederatedProfile) => Person
}

/** A valid address as HTML's `<input type=email>` defines it, with a dot in the host name. */
const address =
  /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/
const addressCharsMax = 254

/** Names as the token command takes them. */
const username = /^[a-z][a-z0-9-]{0,31}$/

/** Characters of a person's name, at most. */
export const nameCharsMax = 100

/** Sign-ups with one address that wait for their code, at most. */
const unconfirmedMax = 5

function parse({ username: given, email, name, password }: SignUpInput): SignUpInput {
  const [login, key] = [given === undefined ? undefined : loginKey(given), loginKey(email)]
  if (login !== undefined && !username.test(login)) throw new AccountRefusal('USERNAME_INVALID')
  if (key.length > addressCharsMax || !address.test(key)) throw new AccountRefusal('EMAIL_INVALID')
  if (name !== undefined && lineFault(name, nameCharsMax) !== undefined) throw new AccountRefusal('NAME_INVALID')
  if (!isAcceptable(password)) throw new AccountRefusal('PASSWORD_WEAK')
  return { username: login, email: key, name: name?.trim(), password }
}

async function personOf({ username: login, email, name, password }: SignUpInput): Promise<Person> {
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

/** Creates the sign-up of a pool. */
export function createSignUp(people: People, mailbox: Mailbox): SignUp {
  const codes = createCodes('confirm')
  const isTaken = (email: string | undefined): boolean =>
    email !== undefined && people.byLogin(email)?.confirmed === true

  function store(person: Person): void {
    if (!people.put(person)) throw new AccountRefusal('POOL_FULL')
  }

  /** Every `sub` has a code and its pause, so that the address of an account is answered as a new one. */
  function issueCode(sub: string): string {
    const issued = codes.issue(sub)
    if ('waitSeconds' in issued) throw new AccountRefusal('CODE_TOO_SOON', issued)
    return issued.digits
  }

  function mailCode(to: string, code: string): void {
    const text = 'Type this code into the page on which you signed up. It is good for 24 hours.'
    mailbox.send({ to, subject: 'Your Fieldnotes code', text, code })
  }

  function mailOwner(to: string): void {
    const text = 'This address was used for a new account, but it has one already. Sign in, or choose a new password.'
    mailbox.send({ to, subject: 'You have a Fieldnotes account', text })
  }

  async function signUp(input: SignUpInput): Promise<string> {
    const parsed = parse(input)
    const person = await personOf(parsed)
    // From here to the end nothing waits: two sign-ups at once see each other.
    if (people.bySub(person.sub)) throw new AccountRefusal('USERNAME_TAKEN')
    const code = issueCode(person.sub)
    if (isTaken(parsed.email)) mailOwner(parsed.email)
    else begin(person, parsed.email, code)
    return person.sub
  }

  function begin(person: Person, email: string, code: string): void {
    store(person)
    for (const { sub } of people.unconfirmed(email).slice(0, -unconfirmedMax)) people.remove(sub)
    mailCode(email, code)
  }

  function accept(sub: string): Person {
    const person = people.bySub(sub)
    if (!person || person.confirmed || isTaken(person.email)) throw new AccountRefusal('CODE_WRONG')
    const confirmed = { ...person, confirmed: true, emailVerified: true }
    store(confirmed)
    return confirmed
  }

  return {
    signUp,
    resend: (sub) => {
      const code = issueCode(sub)
      const person = people.bySub(sub)
      if (person?.email !== undefined && !person.confirmed) mailCode(person.email, code)
    },
    confirm: (sub, code) => {
      if (!codes.redeem(sub, code)) throw new AccountRefusal('CODE_WRONG')
      return accept(sub)
    },
    confirmByAdmin: accept,
    federate: (federation, { email, emailVerified, name }) => {
      const known = people.byFederation(federation)
      const id = {
        sub: randomUUID(),
        username: `${federation.provider.toLowerCase()}_${federation.subject}`,
        createdAt: Date.now(),
        groups: [],
        federation,
      }
      const person = { ...(known ?? id), email, emailVerified, name, confirmed: true }
      store(person)
      return person
    },
  }
}
