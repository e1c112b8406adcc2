/** Profiles and handles as the table stores them. */
import { partition } from '../store/keys.ts'
import type { Item, Key, Write } from '../store/writes.ts'
import type { Profile } from './person.ts'

export function profileKey(personId: string): Key {
  return { pk: partition(personId), sk: 'PROFILE' }
}

/** Alone in its partition, so that looking one up costs one read and lists nothing. */
export function handleKey(handle: string): Key {
  return { pk: `HANDLE#${handle}`, sk: 'HANDLE' }
}

export function profileItem(profile: Profile, writeId: string): Item {
  return {
    ...profileKey(profile.id),
    ...profile,
    writeId,
  }
}

/** Only what `profileItem` wrote may be given. */
export function profileOf(item: Item): Profile {
  const { pk, sk, writeId, ...stored } = item
  return { name: undefined, email: undefined, ...stored } as unknown as Profile
}

/** Claims a handle for a person; fails when anybody has it. */
export function claimHandle(handle: string, personId: string): Write {
  return {
    put: { ...handleKey(handle), personId },
    when: [[['absent', 'pk']]],
  }
}
