/** A new password by a code that is sent to the person's confirmed address. */
import type { Mailbox } from '../../mailbox/mailbox.ts'
import { AccountRefusal } from './account-refusal.ts'
import { createCodes } from './codes.ts'
import { hashPassword, isAcceptable } from './passwords.ts'
import { loginKey, type People } from './people.ts'
import type { Person } from './pool-person.ts'

/** The two steps of a forgotten password. */
export interface ForgottenPassword {
  /** Sends a code where there is an account with a confirmed address. Never says whether there is one. */
  readonly sendCode: (login: string) => void
  /**
   * Sets the new password and returns the person, whose sign-ins have to be ended.
   * @throws AccountRefusal PASSWORD_WEAK; CODE_WRONG, alike for an unknown login
   */
  readonly reset: (login: string, code: string, password: string) => Promise<Person>
}

/** Creates the two steps. */
export function createForgottenPassword(people: People, mailbox: Mailbox): ForgottenPassword {
  const codes = createCodes('reset')

  function reachable(login: string): Person | undefined {
    const person = people.byLogin(loginKey(login))
    return person?.confirmed && person.emailVerified ? person : undefined
  }

  return {
    sendCode: (login) => {
      const person = reachable(login)
      const issued = person && codes.issue(person.sub)
      if (!person?.email || !issued || 'waitSeconds' in issued) return
      const text = 'Type this code into the page of the new password. It is good for one hour.'
      mailbox.send({ to: person.email, subject: 'Your Fieldnotes code', text, code: issued.digits })
    },
    reset: async (login, code, password) => {
      if (!isAcceptable(password)) throw new AccountRefusal('PASSWORD_WEAK')
      const person = reachable(login)
      if (!person || !codes.redeem(person.sub, code)) throw new AccountRefusal('CODE_WRONG')
      const hash = await hashPassword(password)
      const changed = { ...(people.bySub(person.sub) ?? person), password: hash }
      people.put(changed)
      return changed
    },
  }
}
