/** Operations on people for one caller: their own profile, and the names of the people with whom they share notes. */

import { ConditionFailed, outageOf } from '@fieldnotes/table/failures'
import DataLoader from 'dataloader'
import type { UpdateProfileInput } from '../generated/types.ts'
import { handleKey, profileKey } from '../store/item-keys.ts'
import { createProfile } from './create-profile.ts'
import { handleFault } from './handle.ts'
import type { PeopleScope } from './people-scope.ts'
import type { Person, Profile } from './person.ts'
import { profileOf } from './profile-item.ts'
import { updateProfile } from './update-profile.ts'

/**
 * Batches reads and caches nothing. A person without a stored profile has an id alone. The caller has the token's name
 * and address too, unless the token is a third party's.
 */
function createLoader({ table, caller }: PeopleScope) {
  return new DataLoader<string, Profile>(
    async (ids) => {
      const items = await table.batchGet(ids.map(profileKey))
      const profiles = new Map(items.map(profileOf).map((profile) => [profile.id, profile]))
      const unknown = { name: undefined, email: undefined, handle: undefined, revision: 0 }
      const self = caller.thirdParty ? unknown : { ...unknown, name: caller.name, email: caller.email }
      return ids.map((id) => profiles.get(id) ?? { ...(id === caller.id ? self : unknown), id })
    },
    { cache: false },
  )
}

/**
 * Stores the token's address when the profile has another one, and its name when the profile has none: the person's
 * first client may have been one whose tokens have neither, as those of our own issuer. The address of an old sign-in
 * replaces none.
 */
async function storeClaims({ table, caller }: PeopleScope, profile: Profile): Promise<Profile> {
  const email = caller.email ?? (profile.email ? undefined : caller.emailAtSignIn)
  const set = {
    ...(email && email !== profile.email && { email }),
    ...(caller.name && !profile.name && { name: caller.name }),
  }
  if (Object.keys(set).length === 0) return profile
  const when = [[['=', 'revision', profile.revision]]] as const
  await table.write({ update: profileKey(profile.id), set, add: { revision: 1 }, when }).catch((error: unknown) => {
    // Another request changed the profile first. The person's next request tries again.
    if (!(error instanceof ConditionFailed)) throw outageOf(error)
  })
  return { ...profile, ...set }
}

/** Every operation throws UNAVAILABLE, and what its own file says. */
export function peopleOf(scope: PeopleScope) {
  const loader = createLoader(scope)
  const self = async (): Promise<Profile> => {
    const profile = await loader.load(scope.caller.id)
    if (scope.caller.thirdParty) return profile
    return profile.revision === 0 ? createProfile(scope) : storeClaims(scope, profile)
  }
  return {
    /** The caller. Creates their profile when there is none, but not for a third party: the person has an id alone. */
    me: async (): Promise<Person> => ({ id: scope.caller.id, profile: await self() }),
    profile: async (person: Person): Promise<Profile> => person.profile ?? loader.load(person.id),
    handle: async (person: Person) => (person.profile ?? (await self())).handle,
    update: async (input: UpdateProfileInput): Promise<Person> => {
      const profile = await updateProfile(scope, input)
      return { id: profile.id, profile }
    },
    /**
     * The id of the person who has a handle: one request, none for a text that is not a handle. The other person will
     * see the caller's name, so that the caller's profile is created here too, but not for a third party.
     */
    findByHandle: async (handle: string): Promise<string | undefined> => {
      if (handleFault(handle)) return undefined
      const shown = scope.caller.thirdParty ? undefined : self()
      const [item] = await Promise.all([scope.table.get(handleKey(handle)), shown])
      return item ? String(item.personId) : undefined
    },
  }
}

export type People = ReturnType<typeof peopleOf>
