/** The people one caller meets: themselves, and those with whom notes are shared. */
import DataLoader from 'dataloader'
import type { UpdateProfileInput } from '../generated/types.ts'
import { ConditionFailed } from '../store/failures.ts'
import { firstSight } from './create-profile.ts'
import type { PeopleDesk } from './people-scope.ts'
import { handleFault, type Person, type Profile } from './person.ts'
import { handleKey, profileKey, profileOf } from './profile-item.ts'
import { updateProfile } from './update-profile.ts'

/** People asked for in one go are read in one go; of whom nothing is kept, only the id is known. */
function createLoader({ table, caller }: PeopleDesk) {
  return new DataLoader<string, Profile>(
    async (ids) => {
      const items = await table.batchGet(ids.map(profileKey))
      const profiles = new Map(items.map(profileOf).map((profile) => [profile.id, profile]))
      const unknown = { name: undefined, email: undefined, handle: undefined, revision: 0 }
      const self = { ...unknown, name: caller.name, email: caller.email }
      return ids.map((id) => profiles.get(id) ?? { ...(id === caller.id ? self : unknown), id })
    },
    { cache: false },
  )
}

/** The issuer vouches for another address than we keep: keep that. */
async function keepEmail({ table, caller }: PeopleDesk, profile: Profile): Promise<Profile> {
  if (!caller.email || caller.email === profile.email) return profile
  const when = [[['=', 'revision', profile.revision]]] as const
  const update = { update: profileKey(profile.id), set: { email: caller.email }, add: { revision: 1 }, when }
  await table.write(update).catch((error: unknown) => {
    // Somebody else was faster; the next sight of the person tries again.
    if (!(error instanceof ConditionFailed)) throw error
  })
  return { ...profile, email: caller.email }
}

/** Errors of each: UNAVAILABLE, and as its operation says. */
export function peopleOf(desk: PeopleDesk) {
  const loader = createLoader(desk)
  const self = async (): Promise<Profile> => {
    const profile = await loader.load(desk.caller.id)
    return profile.revision === 0 ? firstSight(desk) : keepEmail(desk, profile)
  }
  return {
    /** The caller, kept from now on. */
    me: async (): Promise<Person> => ({ id: desk.caller.id, profile: await self() }),
    profile: async (person: Person): Promise<Profile> => person.profile ?? loader.load(person.id),
    handle: async (person: Person) => person.profile?.handle ?? (await self()).handle,
    update: async (input: UpdateProfileInput): Promise<Person> => {
      const profile = await updateProfile(desk, input)
      return { id: profile.id, profile }
    },
    /** Who goes by a handle. One request, none for what can't be one. Others will see the caller's name, so it is kept now. */
    findByHandle: async (handle: string): Promise<string | undefined> => {
      if (handleFault(handle)) return undefined
      const [item] = await Promise.all([desk.table.get(handleKey(handle)), self()])
      return item ? String(item.personId) : undefined
    },
  }
}

export type People = ReturnType<typeof peopleOf>
