/** Checks rows of the table of grants that types do not protect: those of third parties are read from the table. */
import { isThirdPartyScope } from '@fieldnotes/core/scopes'
import { refreshableSecondsMax } from '@fieldnotes/table/lasting-ends'
import { appFaults } from './app-faults.ts'
import { type ClientRow, firebaseSignInSecondsMax, ownClientIds } from './client-rows.ts'
import { clientAuthMethods, lifetimeSecondsMax } from './grant.ts'
import { type Target, type TargetName, targets } from './targets.ts'

/** Whether a client is a part of the product, or belongs to another party. */
export type Party = 'own' | 'third'

/** Members of anything that may be an object. */
type Members = Readonly<Record<string, unknown>>

/** What a row of one profile may have. */
interface Profile {
  readonly auth: readonly string[]
  readonly grant: string
  readonly parties: readonly Party[]
}

/** Those of third parties do not exchange tokens: these were given to the product. */
const profiles: Readonly<Record<ClientRow['profile'], Profile>> = {
  alexa: { auth: ['client_secret_basic'], grant: 'code', parties: ['third'] },
  app: { auth: ['none', ...clientAuthMethods], grant: 'code', parties: ['own', 'third'] },
  google: { auth: ['client_secret_post'], grant: 'code', parties: ['third'] },
  machine: { auth: clientAuthMethods, grant: 'client_credentials', parties: ['own', 'third'] },
  service: { auth: clientAuthMethods, grant: 'exchange', parties: ['own'] },
  session: { auth: clientAuthMethods, grant: 'sign_in', parties: ['own'] },
}

/** Whom a profile is for that one of the two parties does not have. */
const partyWords: Readonly<Record<Party, string>> = { own: 'third parties', third: 'own clients' }

const subjects: readonly string[] = ['firebase', 'web', ...ownClientIds]

/** Whether a text is a client's id: 1 to 64 lower-case letters, digits and hyphens, the first one a letter. */
export function isClientId(id: unknown): id is string {
  return typeof id === 'string' && /^[a-z][a-z0-9-]{0,63}$/.test(id)
}

/** Returns one sentence for each fault of a row. They quote names of the table and nothing else that was given. */
export function clientFaults(given: unknown, party: Party): readonly string[] {
  const row = membersOf(given)
  const { profile, auth, grants } = row
  if (typeof profile !== 'string' || !Object.hasOwn(profiles, profile))
    return [`profile is not one of ${Object.keys(profiles).join(', ')}`]
  const known = profiles[profile as ClientRow['profile']]
  return [
    ...(known.parties.includes(party) ? [] : [`profile ${profile} is for ${partyWords[party]}`]),
    ...(known.auth.some((each) => each === auth) ? [] : [`auth is not one of ${known.auth.join(', ')}`]),
    ...(profile !== 'alexa' || typeof row.requiresPkce === 'boolean' ? [] : ['requiresPkce is neither true nor false']),
    ...grantsFaults(membersOf(grants), known.grant, { profile, party }),
  ]
}

function membersOf(given: unknown): Members {
  return typeof given === 'object' && given !== null && !Array.isArray(given) ? (given as Members) : {}
}

/** Whose grant is checked. */
interface Holder {
  readonly profile: string
  readonly party: Party
}

function grantsFaults(grants: Members, name: string, holder: Holder): readonly string[] {
  const others = Object.keys(grants).filter((grant) => grant !== name)
  const stray = others.length === 0 ? [] : ['grants has one that the profile does not have']
  const grant = membersOf(grants[name])
  return [
    ...stray,
    ...ceilingsFaults(membersOf(grant.targets), holder.party),
    ...wholeFaults('lifetimeSeconds', grant.lifetimeSeconds, lifetimeSecondsMax),
    ...(furtherFaults[name]?.(grant, holder) ?? []),
  ]
}

/** What is checked of some grants alone. */
const furtherFaults: Readonly<Record<string, (grant: Members, holder: Holder) => readonly string[]>> = {
  code: (grant, holder) => [
    ...refreshFaults(grant),
    ...appFaults(holder.profile, grant),
    ...elsewhereFaults(grant, holder),
  ],
  exchange: (grant) => [...subjectsFaults(grant), ...returnFaults(grant)],
  sign_in: (grant) => [...subjectsFaults(grant), ...signInFaults(grant)],
}

function wholeFaults(name: string, value: unknown, max: number): readonly string[] {
  const isWhole = Number.isSafeInteger(value) && Number(value) >= 1 && Number(value) <= max
  return isWhole ? [] : [`${name} is not a whole number from 1 to ${max}`]
}

function isTarget(name: unknown): name is TargetName {
  return typeof name === 'string' && Object.hasOwn(targets, name)
}

function ceilingsFaults(ceilings: Members, party: Party): readonly string[] {
  const entries = Object.entries(ceilings)
  if (entries.length === 0) return ['targets is empty']
  return entries.flatMap(([name, scopes]) =>
    isTarget(name) ? scopesFaults(name, scopes, party) : ['targets has one that does not exist'],
  )
}

function scopesFaults(name: TargetName, scopes: unknown, party: Party): readonly string[] {
  if (!Array.isArray(scopes) || scopes.length === 0) return [`${name} has no scopes`]
  const target: Target = targets[name]
  if (!scopes.every((scope) => target.scopes.includes(scope))) return [`${name} does not have each of the scopes`]
  if (new Set(scopes).size !== scopes.length) return [`${name} has a scope twice`]
  return party === 'own' || scopes.every(isThirdPartyScope) ? [] : [`${name} has a scope that is for own clients`]
}

function subjectsFaults({ receives, subjects: given }: Members): readonly string[] {
  const isList = Array.isArray(given) && given.length > 0 && given.every((subject) => subjects.includes(subject))
  return [
    ...(isTarget(receives) ? [] : ['receives is no target']),
    ...(isList ? [] : [`subjects is not a list of ${subjects.join(', ')}`]),
  ]
}

function returnFaults({ receives, targets: ceilings }: Members): readonly string[] {
  const returns = isTarget(receives) && Object.hasOwn(membersOf(ceilings), receives)
  return returns ? ['targets has the audience that the client receives: nothing would be exchanged'] : []
}

function signInFaults(grant: Members): readonly string[] {
  return [...wholeFaults('signInSecondsMax', grant.signInSecondsMax, firebaseSignInSecondsMax), ...refreshFaults(grant)]
}

/** A refresh token ends while the revocations that end it are stored. */
function refreshFaults({ refreshSeconds }: Members): readonly string[] {
  return wholeFaults('refreshSeconds', refreshSeconds, refreshableSecondsMax)
}

/** Opaque tokens, which are those of third parties for people, are looked up by the endpoint alone. */
function elsewhereFaults(grant: Members, { party }: Holder): readonly string[] {
  const isElsewhere = party === 'third' && Object.keys(membersOf(grant.targets)).some((name) => name !== 'graphql')
  return isElsewhere ? ['targets has one that takes no token of third parties'] : []
}
