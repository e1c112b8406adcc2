/** Creates the profile of a person at their first request by a client of the product. */
import { AppError } from '@fieldnotes/core/error'
import { ConditionFailed, outageOf } from '@fieldnotes/table/failures'
import { newHandle } from './handle.ts'
import type { PeopleScope } from './people-scope.ts'
import type { Profile } from './person.ts'
import { claimHandle, profileItem, profileOf } from './profile-item.ts'

/**
 * Stores the caller's profile with a new handle. Of several requests at once one creates it, and all return it. So
 * does the request after a lost answer.
 * @throws UNAVAILABLE
 */
export async function createProfile({ table, caller, random }: PeopleScope): Promise<Profile> {
  const handle = newHandle(random)
  const { id, name, email = caller.emailAtSignIn } = caller
  const profile: Profile = { id, name, email, handle, revision: 1 }
  const put = profileItem(profile, handle)
  try {
    await table.transact([{ put, when: [[['absent', 'pk']]] }, claimHandle(handle, caller.id)])
    return profile
  } catch (error) {
    const stored = error instanceof ConditionFailed ? error.failures[0]?.item : undefined
    if (stored) return profileOf(stored)
    throw error instanceof ConditionFailed ? new AppError('UNAVAILABLE', 'the new handle is taken') : outageOf(error)
  }
}
