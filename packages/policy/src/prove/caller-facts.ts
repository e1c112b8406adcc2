/** What the rules of this package read of a caller: facts by which an example of a caller can be made. */
import { anonymous, type Principal } from '@fieldnotes/core/principal'
import { sampleService, sampleUser } from '@fieldnotes/core/sample-principals'
import type { Leaf, ObjectLeaf } from '../rule/leaf.ts'
import { readTree } from '../rule/tree.ts'
import { anyone, firstParty, has, inGroup, person, type Rule, signedIn } from '../rules.ts'

/** A leaf of this package, read back. Undefined for leaves that an application made. */
export type CallerFact =
  | { readonly kind: 'anyone' | 'signedIn' | 'person' | 'firstParty' }
  | { readonly kind: 'scope' | 'group'; readonly value: string }

const plain = new Map<unknown, CallerFact>([
  [readTree(anyone), { kind: 'anyone' }],
  [readTree(signedIn), { kind: 'signedIn' }],
  [readTree(person), { kind: 'person' }],
  [readTree(firstParty), { kind: 'firstParty' }],
])

const families: readonly (readonly [kind: 'scope' | 'group', make: (value: string) => Rule])[] = [
  ['scope', has],
  ['group', inGroup],
]

/** The fact that a leaf of this package reads. */
export function callerFactOf(leaf: Leaf): CallerFact | undefined {
  const known = plain.get(leaf)
  if (known) return known
  const [word = '', ...rest] = leaf.name.split(' ')
  const value = rest.join(' ')
  const member = families.find(([kind, make]) => kind === word && readTree(make(value)) === leaf)
  return member && { kind: member[0], value }
}

/** Whether a leaf wants a sign-in of a certain age. */
export function isTimed(leaf: Leaf): leaf is TimedLeaf {
  return leaf.kind === 'object' && leaf.maxAge !== undefined
}

/** A leaf of `freshSignIn`. */
export type TimedLeaf = ObjectLeaf & { readonly maxAge: number }

/** An instant to come: the sign-in of an example stays fresh. Seconds since the epoch. */
const alwaysFresh = 4_000_000_000

/** The result of a leaf; undefined where nothing depends on it. */
export type ResultFor = (leaf: Leaf) => boolean | undefined

function valuesOf(kind: 'scope' | 'group', leaves: readonly Leaf[], resultFor: ResultFor): ReadonlySet<string> {
  const facts = leaves.filter((leaf) => resultFor(leaf)).map(callerFactOf)
  return new Set(facts.flatMap((fact) => (fact?.kind === kind ? [fact.value] : [])))
}

/** The id of the caller of an example. */
export const usualId = 'caller'

/** A caller with these facts. Leaves that an application made are not considered. */
export function callerWith(leaves: readonly Leaf[], resultFor: ResultFor, id: string = usualId): Principal {
  const leafOf = (kind: CallerFact['kind']) => leaves.find((leaf) => callerFactOf(leaf)?.kind === kind)
  const is = (kind: CallerFact['kind']): boolean | undefined => {
    const leaf = leafOf(kind)
    return leaf && resultFor(leaf)
  }
  if (is('signedIn') === false) return anonymous
  const scopes = valuesOf('scope', leaves, resultFor)
  const groups = valuesOf('group', leaves, resultFor)
  const isFresh = leaves.some((leaf) => isTimed(leaf) && resultFor(leaf))
  const authenticatedAt = isFresh ? alwaysFresh : undefined
  const members = { id, scopes, groups, thirdParty: is('firstParty') === false, authenticatedAt }
  return is('person') === false ? sampleService(members) : sampleUser(members)
}
