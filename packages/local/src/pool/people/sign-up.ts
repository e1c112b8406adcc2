/** Creates accounts: a sign-up, the code that confirms it, and persons of another provider. */
import { randomUUID } from 'node:crypto'
import { lineFault } from '@fieldnotes/core/visible-text'
import { isEmailAddress } from '../../email-address.ts'
import { cognitoSubject } from '../../issuers/token-claims.ts'
import type { Mailbox } from '../../mailbox/mailbox.ts'
import { hashPassword } from '../../password-hash.ts'
import { AccountRefusal, refusingBusy } from './account-refusal.ts'
import { createCodes } from './codes.ts'
import { isAcceptable } from './password-policy.ts'
import { createPauses } from './pauses.ts'
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
   * Stores a sign-up and sends its code. For an address that has an owner, the result is the same: the sign-up is
   * stored and can't be confirmed, and the owner gets a mail. Returns the `sub` to confirm.
   * @throws AccountRefusal for a fault of the input; BUSY; POOL_FULL
   */
  readonly signUp: (input: SignUpInput) => Promise<string>
  /**
   * Sends another code to the newest sign-up with a name or an address, or to the one with `sub`. An unknown login is
   * answered alike. @throws AccountRefusal CODE_TOO_SOON
   */
  readonly resend: (login: string, sub?: string) => void
  /**
   * Confirms the address.
   * @throws AccountRefusal CODE_WRONG, also for a used code and for an address taken meanwhile
   */
  readonly confirm: (sub: string, code: string) => Person
  /**
   * Confirms without a code, as an administrator does
   * (https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminConfirmSignUp.html). The
   * address is not verified by it: it belongs to whom its code reaches. @throws AccountRefusal CODE_WRONG
   */
  readonly confirmByAdmin: (sub: string) => Person
  /** The account of a person of another provider, created on the first sign-in. @throws AccountRefusal POOL_FULL */
  readonly federate: (federation: Federation, profile: FederatedProfile) => Person
}

/** Names as the token command takes them. */
const username = /^[a-z][a-z0-9-]{0,31}$/

/** Characters of a person's name, at most. */
export const nameCharsMax = 100

/** Sign-ups with one address that wait for their code, at most. */
const unconfirmedMax = 5

function parse({ username: given, email, name, password }: SignUpInput): SignUpInput {
  const [login, key] = [given === undefined ? undefined : loginKey(given), loginKey(email)]
  if (login !== undefined && !username.test(login)) throw new AccountRefusal('USERNAME_INVALID')
  if (!isEmailAddress(key)) throw new AccountRefusal('EMAIL_INVALID')
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
  const pauses = createPauses()

  function store(person: Person): void {
    if (!people.put(person)) throw new AccountRefusal('POOL_FULL')
  }

  /** A code goes to an address without an owner alone, and at most once in a minute. */
  function mailCode({ sub, email }: Person): void {
    if (email === undefined || people.ownerOf(email)) return
    const issued = codes.issue(sub)
    if ('waitSeconds' in issued) return
    const text = 'Type this code into the page on which you signed up. It is good for 24 hours.'
    mailbox.send({ to: email, subject: 'Your Fieldnotes code', text, code: issued.digits })
  }

  function mailOwner(to: string): void {
    const text = 'This address was used for a new account, but it has one already. Sign in, or choose a new password.'
    mailbox.send({ to, subject: 'You have a Fieldnotes account', text })
  }

  async function signUp(input: SignUpInput): Promise<string> {
    const parsed = parse(input)
    const person = await refusingBusy(personOf(parsed))
    // From here to the end nothing waits: two sign-ups at once see each other.
    if (people.bySub(person.sub)) throw new AccountRefusal('USERNAME_TAKEN')
    store(person)
    for (const { sub } of people.unconfirmed(parsed.email).slice(0, -unconfirmedMax)) people.remove(sub)
    for (const login of [person.username, parsed.email]) pauses.begin(login)
    if (people.ownerOf(parsed.email)) mailOwner(parsed.email)
    else mailCode(person)
    return person.sub
  }

  function resend(login: string, sub?: string): void {
    const key = loginKey(login)
    const waitSeconds = pauses.left(key)
    if (waitSeconds > 0) throw new AccountRefusal('CODE_TOO_SOON', { waitSeconds })
    pauses.begin(key)
    const person = sub === undefined ? people.waiting(key) : people.bySub(sub)
    if (person && !person.confirmed) mailCode(person)
  }

  /** The sign-up that waits for its confirmation. @throws AccountRefusal CODE_WRONG */
  function waitingBy(sub: string): Person {
    const person = people.bySub(sub)
    if (!person || person.confirmed) throw new AccountRefusal('CODE_WRONG')
    return person
  }

  function confirmed(person: Person): Person {
    store(person)
    return person
  }

  return {
    signUp,
    resend,
    confirm: (sub, code) => {
      if (!codes.redeem(sub, code)) throw new AccountRefusal('CODE_WRONG')
      const person = waitingBy(sub)
      if (person.email !== undefined && people.ownerOf(person.email)) throw new AccountRefusal('CODE_WRONG')
      return confirmed({ ...person, confirmed: true, emailVerified: true })
    },
    confirmByAdmin: (sub) => confirmed({ ...waitingBy(sub), confirmed: true }),
    federate: (federation, { email, emailVerified, name }) => {
      const known = people.byFederation(federation)
      const id = {
        sub: randomUUID(),
        username: `${federation.provider.toLowerCase()}_${federation.subject}`,
        createdAt: Date.now(),
        groups: [],
        federation,
      }
      return confirmed({ ...(known ?? id), email, emailVerified, name, confirmed: true })
    },
  }
}
