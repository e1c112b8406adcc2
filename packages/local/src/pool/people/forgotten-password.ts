/** A new password by a code that is sent to the person's confirmed address. */
import type { Mailbox } from '../../mailbox/mailbox.ts'
import { hashPassword } from '../../password-hash.ts'
import { AccountRefusal, refusingBusy } from './account-refusal.ts'
import { createCodes } from './codes.ts'
import { isAcceptable } from './password-policy.ts'
import { loginKey, type People } from './people.ts'
import type { Person } from './pool-person.ts'
import { withNewEpoch } from './proof.ts'

/** The two steps of a forgotten password. */
export interface ForgottenPassword {
  /** Sends a code where there is an account with a confirmed address. Never says whether there is one. */
  readonly sendCode: (login: string) => void
  /**
   * Sets the new password, and ends all sign-ins of the person, also those that have only begun.
   * @throws AccountRefusal PASSWORD_WEAK; BUSY; CODE_WRONG, alike for an unknown login
   */
  readonly reset: (login: string, code: string, password: string) => Promise<void>
}

/** Creates the two steps. `changed` is called with each person who has a new password. */
export function createForgottenPassword(
  people: People,
  mailbox: Mailbox,
  changed: (person: Person) => void,
): ForgottenPassword {
  const codes = createCodes('reset')

  function reachable(login: string): Person | undefined {
    const person = people.byLogin(loginKey(login))
    return person?.confirmed && person.emailVerified ? person : undefined
  }

  function store(person: Person): Person {
    const next = withNewEpoch(person)
    people.put(next)
    return next
  }

  return {
    sendCode: (login) => {
      const person = reachable(login)
      const issued = person && codes.issue(person)
      if (!person?.email || !issued || 'waitSeconds' in issued) return
      const text = 'Type this code into the page of the new password. It is good for one hour.'
      mailbox.send({ to: person.email, subject: 'Your Fieldnotes code', text, code: issued.digits })
    },
    reset: async (login, code, password) => {
      if (!isAcceptable(password)) throw new AccountRefusal('PASSWORD_WEAK')
      // The hash comes first: it may be refused, and between the use of the code and the change nothing waits.
      const hash = await refusingBusy(hashPassword(password))
      const person = reachable(login)
      const next = person && codes.redeem(person, code, () => store({ ...person, password: hash }))
      if (!next) throw new AccountRefusal('CODE_WRONG')
      changed(next)
    },
  }
}
