/**
 * Kinds of callers: the columns of the permission matrix. Ownership and shares are no kinds; the cells say where they
 * decide.
 */
import { anonymous, type Principal, type User } from '@fieldnotes/core/principal'
import { sampleService, sampleUser } from '@fieldnotes/core/sample-principals'
import type { Kinds } from '@fieldnotes/policy/matrix'

const caller = { id: 'caller', issuer: 'cognito', clientId: 'app' }

function scopesOf(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.map((name) => `notes:${name}`))
}

/** Profile members of two persons of each kind: a rule on one of them is a condition of the cell. */
const profiles: readonly Partial<User>[] = [{ name: 'Alice', email: 'alice@example.com' }, {}]

function person(scopes: readonly string[], differences: Partial<User> = {}): readonly Principal[] {
  return profiles.map((profile) => sampleUser({ ...caller, scopes: scopesOf(scopes), ...profile, ...differences }))
}

function service(scopes: readonly string[]): Principal {
  return sampleService({ ...caller, scopes: scopesOf(scopes) })
}

const usual = ['read', 'write', 'share', 'trash']

/** Short words of the page for conditions, by their whole text. */
export const words = {
  'mine or shared as editor or shared as viewer': 'reader',
  mine: 'owner',
  oneself: 'self',
  'not argument input.everywhere is true or signed in within 300 s': 'fresh',
} as const

/**
 * By name, in the order of the columns. A person has the usual scopes unless the name lists others. *third party* is a
 * person whose client is not the product's own.
 */
export const kinds: Kinds = {
  anonymous,
  person: person(usual),
  staff: person(usual, { groups: new Set(['cognito:staff']) }),
  'third party': person(usual, { thirdParty: true }),
  'third party, write': person(['write'], { thirdParty: true }),
  service: service(['read', 'write']),
  'person, read': person(['read']),
  'person, read + audit': person(['read', 'audit']),
  'person, write': person(['write']),
  'person, share': person(['share']),
  'person, trash': person(['trash']),
  'person, no scope': person([]),
}
