/** Profiles of people, for doors that meet a person before the endpoint does. */
import { randomBytes } from 'node:crypto'
import type { User } from '@fieldnotes/core/principal'
import { requestMs } from '@fieldnotes/table/deadline'
import { createTable } from '@fieldnotes/table/table'
import type { Config } from './config/config.ts'
import { peopleOf } from './people/people-operations.ts'
import type { Caller } from './people/person.ts'

/** A person, with the address of a sign-in that may be older than the profile. */
export type PersonSignedIn = User & Pick<Caller, 'emailAtSignIn'>

/** Makes sure that a person has a profile. @throws UNAVAILABLE */
export type EnsureProfile = (person: PersonSignedIn) => Promise<void>

/** Opens the table of the notes. Of calls for one person at the same time one creates the profile, exactly once. */
export function createEnsureProfile({ table }: Pick<Config, 'table'>): EnsureProfile {
  const opened = createTable(table)
  const clock = Date.now
  return async ({ id, name, email, emailAtSignIn, clientId, thirdParty }) => {
    const caller = { id, name, email, emailAtSignIn, clientId, thirdParty, readsNotes: () => false }
    const scope = { table: opened.until({ at: clock() + requestMs, clock }), clock, random: randomBytes }
    await peopleOf({ ...scope, caller }).me()
  }
}
