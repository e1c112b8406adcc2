/** Checks a password and a second factor. */
import { AccountRefusal } from './account-refusal.ts'
import { createLockout, type Lockout } from './lockout.ts'
import { usableStep } from './one-time-password.ts'
import { isPassword } from './passwords.ts'
import { loginKey, type People } from './people.ts'
import type { Person } from './pool-person.ts'

/** The two steps of a sign-in. */
export interface SignIn {
  /**
   * The person whose password this is. A person with a second factor is not signed in yet.
   * @throws AccountRefusal CREDENTIALS_WRONG, alike for an unknown login; LOCKED; UNCONFIRMED for a right password
   */
  readonly byPassword: (login: string, password: string) => Promise<Person>
  /** The person whose code this is. @throws AccountRefusal CODE_WRONG, LOCKED */
  readonly bySecondFactor: (sub: string, code: string) => Promise<Person>
}

/** Name or address in characters, at most. */
const loginCharsMax = 254

async function unlocked<T>(lockout: Lockout, key: string, run: () => Promise<T | undefined>): Promise<T | undefined> {
  const result = await lockout.attempt(key, run)
  if (typeof result === 'object' && result !== null && 'lockedSeconds' in result)
    throw new AccountRefusal('LOCKED', { waitSeconds: result.lockedSeconds })
  return result as T | undefined
}

/** Creates the checks, with counters of failed attempts of their own. */
export function createSignIn(people: People): SignIn {
  const lockout = createLockout()

  async function byPassword(login: string, password: string): Promise<Person> {
    const known = login.length <= loginCharsMax ? people.byLogin(login) : undefined
    // A person's name and address share a counter. An unknown login has one too, so that both are answered alike.
    const key = known ? `password ${known.sub}` : `login ${loginKey(login.slice(0, loginCharsMax))}`
    const person = await unlocked(lockout, key, async () =>
      (await isPassword(password, known?.password)) ? people.bySub(known?.sub ?? '') : undefined,
    )
    if (!person) throw new AccountRefusal('CREDENTIALS_WRONG')
    if (!person.confirmed) throw new AccountRefusal('UNCONFIRMED', { sub: person.sub })
    return person
  }

  async function bySecondFactor(sub: string, code: string): Promise<Person> {
    const person = await unlocked(lockout, `code ${sub}`, async () => {
      const known = people.bySub(sub)
      const usedStep = known?.secondFactor && usableStep(known.secondFactor, code)
      if (!known?.secondFactor || usedStep === undefined) return undefined
      const used = { ...known, secondFactor: { ...known.secondFactor, usedStep } }
      people.put(used)
      return used
    })
    if (!person) throw new AccountRefusal('CODE_WRONG')
    return person
  }

  return { byPassword, bySecondFactor }
}
