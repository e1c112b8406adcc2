/** Maps profiles and handles to items of the table, and back. */

import type { Item, Write } from '@fieldnotes/table/writes'
import { handleKey, profileKey } from '../store/item-keys.ts'
import type { Profile } from './person.ts'

/** The item of a profile. `writeId` identifies the write. */
export function profileItem(profile: Profile, writeId: string): Item {
  return {
    ...profileKey(profile.id),
    ...profile,
    writeId,
  }
}

/** The profile of an item that `profileItem` made. */
export function profileOf(item: Item): Profile {
  const { pk, sk, writeId, ...stored } = item
  return { name: undefined, email: undefined, ...stored } as unknown as Profile
}

/** Assigns a handle to a person. The condition fails when another person has it. */
export function claimHandle(handle: string, personId: string): Write {
  return {
    put: { ...handleKey(handle), personId },
    when: [[['absent', 'pk']]],
  }
}
