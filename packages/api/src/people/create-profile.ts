import { AppError } from '@fieldnotes/core/error'
import { ConditionFailed } from '../store/failures.ts'
import type { PeopleDesk } from './people-scope.ts'
import type { Profile } from './person.ts'
import { claimHandle, profileItem, profileOf } from './profile-item.ts'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const characters = 20

/** A new handle: 20 characters, 100 bits of chance. */
export function newHandle(random: PeopleDesk['random']): string {
  return [...random(characters)].map((byte) => alphabet[byte % alphabet.length]).join('')
}

/** Keeps a person seen for the first time. However many do so at once, one profile comes of it. @throws UNAVAILABLE */
export async function firstSight({ table, caller, random }: PeopleDesk): Promise<Profile> {
  const handle = newHandle(random)
  const profile: Profile = { id: caller.id, name: caller.name, email: caller.email, handle, revision: 1 }
  const put = profileItem(profile, handle)
  try {
    await table.transact([{ put, when: [[['absent', 'pk']]] }, claimHandle(handle, caller.id)])
    return profile
  } catch (error) {
    const standing = error instanceof ConditionFailed ? error.failures[0]?.item : undefined
    if (standing) return profileOf(standing)
    throw error instanceof ConditionFailed ? new AppError('UNAVAILABLE', 'the new handle is taken') : error
  }
}
