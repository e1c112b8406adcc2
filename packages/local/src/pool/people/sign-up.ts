/** Creates accounts: a sign-up, the code that confirms it, and persons of another provider. */
import { randomUUID } from 'node:crypto'
import type { Mailbox } from '../../mailbox/mailbox.ts'
import { AccountRefusal, refusingBusy } from './account-refusal.ts'
import { codeLife, createCodes } from './codes.ts'
import { createPauses } from './pauses.ts'
import { loginKey, type People } from './people.ts'
import type { Federation, Person } from './pool-person.ts'
import { newPerson, parseSignUp, type SignUpInput } from './sign-up-input.ts'

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
   * @throws AccountRefusal for a fault of the input; BUSY; POOL_FULL; SIGN_UPS_WAIT for a sixth with one address
   */
  readonly signUp: (input: SignUpInput) => Promise<string>
  /**
   * Sends another code to the newest sign-up with a name or an address, or to the one with `sub`. An unknown login is
   * answered alike. @throws AccountRefusal CODE_TOO_SOON; ENDED for a `sub` that waits for no code any more
   */
  readonly resend: (login: string, sub?: string) => void
  /**
   * Confirms the address.
   * @throws AccountRefusal CODE_WRONG, also for a used code and for an address taken meanwhile
   */
  readonly confirm: (sub: string, code: string) => Person
  /**
   * Confirms the only sign-up with a name or an address. When several wait, none of them is: the mailbox has a code for
   * each, and its owner can't see which is that of her own password. Each has its `sub`, which is a name too.
   * @throws AccountRefusal CODE_WRONG
   */
  readonly confirmByLogin: (login: string, code: string) => Person
  /**
   * Confirms without a code, as an administrator does
   * (https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminConfirmSignUp.html). The
   * address is not verified by it: it belongs to whom its code reaches. @throws AccountRefusal CODE_WRONG
   */
  readonly confirmByAdmin: (sub: string) => Person
  /** The account of a person of another provider, created on the first sign-in. @throws AccountRefusal POOL_FULL */
  readonly federate: (federation: Federation, profile: FederatedProfile) => Person
}

/** Sign-ups with one address that wait for their code, at most: a further one is refused, so that it ends none. */
const waitingMax = 5

/** Creates the sign-up of a pool. */
export function createSignUp(people: People, mailbox: Mailbox): SignUp {
  const codes = createCodes('confirm')
  const pauses = createPauses()
  const ownerPauses = createPauses()

  function store(person: Person): void {
    if (!people.put(person)) throw new AccountRefusal('POOL_FULL')
  }

  /** A code goes to an address without an owner alone, and at most once in a minute for each sign-up. */
  function mailCode(person: Person): void {
    const { email } = person
    if (email === undefined || people.ownerOf(email)) return
    const issued = codes.issue(person)
    if ('waitSeconds' in issued) return
    const text = 'Type this code into the page on which you signed up. It is good for 24 hours. Ignore it elsewhere.'
    mailbox.send({ to: email, subject: 'Your Fieldnotes code', text, code: issued.digits })
  }

  /** The owner of an address gets one mail in a minute, however many sign-ups there are. */
  function mailOwner(to: string): void {
    if (ownerPauses.left(to) > 0) return
    ownerPauses.begin(to)
    const text = 'This address was used for a new account, but it has one already. Sign in, or choose a new password.'
    mailbox.send({ to, subject: 'You have a Fieldnotes account', text })
  }

  /** Whether a sign-up may still be confirmed: its life is that of a code. */
  function isLive(person: Person): boolean {
    return codes.has(person) || Date.now() - person.createdAt < codeLife.confirm * 1000
  }

  /** Removes the sign-ups with an address whose time is over. */
  function makeRoom(email: string): void {
    const waiting = people.waiting(email)
    if (waiting.filter(isLive).length >= waitingMax) throw new AccountRefusal('SIGN_UPS_WAIT')
    const ended = waiting.filter((person) => !isLive(person))
    if (ended.length > 0) people.remove(ended.map(({ sub }) => sub))
  }

  async function signUp(input: SignUpInput): Promise<string> {
    const parsed = parseSignUp(input)
    const person = await refusingBusy(newPerson(parsed))
    // From here to the end nothing waits: two sign-ups at once see each other.
    if (people.bySub(person.sub)) throw new AccountRefusal('USERNAME_TAKEN')
    makeRoom(parsed.email)
    store(person)
    for (const login of [person.username, parsed.email]) pauses.begin(login)
    if (people.ownerOf(parsed.email)) mailOwner(parsed.email)
    else mailCode(person)
    return person.sub
  }

  function resend(login: string, sub?: string): void {
    const key = loginKey(login)
    const own = sub === undefined ? undefined : people.bySub(sub)
    if (sub !== undefined && own?.confirmed !== false) throw new AccountRefusal('ENDED')
    const waitSeconds = pauses.left(key)
    if (waitSeconds > 0) throw new AccountRefusal('CODE_TOO_SOON', { waitSeconds })
    pauses.begin(key)
    const person = own ?? people.waiting(key).at(-1)
    if (person) mailCode(person)
  }

  /** The sign-up that waits for its confirmation. @throws AccountRefusal CODE_WRONG */
  function waitingBy(sub: string): Person {
    const person = people.bySub(sub)
    if (!person || person.confirmed) throw new AccountRefusal('CODE_WRONG')
    return person
  }

  function confirm(sub: string, code: string): Person {
    const waiting = waitingBy(sub)
    const person = codes.redeem(waiting, code, () => {
      if (waiting.email !== undefined && people.ownerOf(waiting.email)) return undefined
      return confirmed({ ...waiting, confirmed: true, emailVerified: true })
    })
    if (!person) throw new AccountRefusal('CODE_WRONG')
    return person
  }

  function confirmByLogin(login: string, code: string): Person {
    const [only, ...others] = people.waiting(login)
    if (!only || others.length > 0) throw new AccountRefusal('CODE_WRONG')
    return confirm(only.sub, code)
  }

  function confirmed(person: Person): Person {
    store(person)
    return person
  }

  return {
    signUp,
    resend,
    confirm,
    confirmByLogin,
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
