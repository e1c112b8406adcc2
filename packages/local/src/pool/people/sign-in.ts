/** Checks a password and a second factor. */
import { isPassword } from '../../password-hash.ts'
import { AccountRefusal, refusingBusy } from './account-refusal.ts'
import { createLockout, type Lockout } from './lockout.ts'
import { usableStep } from './one-time-password.ts'
import { passwordCharsMax } from './password-policy.ts'
import { loginKey, type People } from './people.ts'
import type { Person } from './pool-person.ts'
import { type Proof, personOf, proofOf } from './proof.ts'

/** The two steps of a sign-in. */
export interface SignIn {
  /**
   * The person whose password this is. A person with a second factor is not signed in yet.
   * @throws AccountRefusal CREDENTIALS_WRONG, alike for an unknown login; LOCKED; BUSY; UNCONFIRMED for the right
   * password of a sign-up that waits for its code
   */
  readonly byPassword: (login: string, password: string) => Promise<Person>
  /**
   * The person whose code this is.
   * @throws AccountRefusal CODE_WRONG; LOCKED; ENDED when the person's sign-ins were ended after the password was right
   */
  readonly bySecondFactor: (proof: Proof, code: string) => Promise<Person>
  /** Forgets wrong passwords, after a new one was set by a code: its owner can sign in at once. */
  readonly forgetFailures: (person: Person) => void
}

async function unlocked<T>(lockout: Lockout, key: string, run: () => Promise<T | undefined>): Promise<T | undefined> {
  const result = await lockout.attempt(key, run)
  if (typeof result === 'object' && result !== null && 'lockedSeconds' in result)
    throw new AccountRefusal('LOCKED', { waitSeconds: result.lockedSeconds })
  return result as T | undefined
}

/** Creates the checks, with counters of failed attempts of their own. */
export function createSignIn(people: People): SignIn {
  /**
   * Attempts by what was typed: only its own attempts say "locked", for known and unknown logins alike. Else an address
   * would be known by the lock of its person's name.
   */
  const logins = createLockout()
  /** Attempts by person, so that a name and an address together allow no more of them. */
  const persons = createLockout()
  const codes = createLockout()

  /** The person, when the password is right, and no new one was set during the comparison. */
  async function matching(known: Person | undefined, password: string): Promise<Person | undefined> {
    const isRight = await isPassword(password.slice(0, passwordCharsMax + 1), known?.password)
    return isRight && known ? personOf(proofOf(known), people.bySub) : undefined
  }

  /** The person with a name. There is at most one. */
  async function checkName(name: string, password: string): Promise<Person | undefined> {
    const known = people.byLogin(name)
    const person = await matching(known, password)
    return known && persons.count(known.sub, person)
  }

  /**
   * The owner of an address, or the newest sign-up with it that waits for its code. There are always two comparisons,
   * so that neither the answer nor its time says whether the address has an owner.
   */
  async function checkAddress(email: string, password: string): Promise<Person | undefined> {
    const [found, waiting] = [people.byLogin(email), people.waiting(email).at(-1)]
    const owner = found?.confirmed ? found : undefined
    const [own, other] = await Promise.all([matching(owner, password), matching(waiting, password)])
    // The password of a sign-up with a taken address is no wrong one of its owner, and does not end the owner's count.
    if (!owner || (other && !own)) return other
    return persons.count(owner.sub, own)
  }

  async function byPassword(typed: string, password: string): Promise<Person> {
    const login = loginKey(typed)
    const person = await unlocked(logins, login, () =>
      refusingBusy(login.includes('@') ? checkAddress(login, password) : checkName(login, password)),
    )
    if (!person) throw new AccountRefusal('CREDENTIALS_WRONG')
    if (!person.confirmed) throw new AccountRefusal('UNCONFIRMED', { sub: person.sub })
    return person
  }

  async function bySecondFactor(proof: Proof, code: string): Promise<Person> {
    const person = await unlocked(codes, proof.sub, async () => {
      const known = personOf(proof, people.bySub)
      if (!known) throw new AccountRefusal('ENDED')
      const usedStep = known.secondFactor && usableStep(known.secondFactor, code)
      if (!known.secondFactor || usedStep === undefined) return undefined
      const used = { ...known, secondFactor: { ...known.secondFactor, usedStep } }
      people.put(used)
      return used
    })
    if (!person) throw new AccountRefusal('CODE_WRONG')
    return person
  }

  return {
    byPassword,
    bySecondFactor,
    forgetFailures: ({ sub, username, email }) => {
      persons.forget(sub)
      for (const login of [username, email]) if (login !== undefined) logins.forget(loginKey(login))
    },
  }
}
