/** Relations between atoms: rules that hold for every caller and object. */
import type { Leaf } from '../rule/leaf.ts'
import { readTree, type Tree } from '../rule/tree.ts'
import { person, signedIn } from '../rules.ts'
import { atomsOf } from './atoms.ts'
import { callerFactOf, isTimed } from './caller-facts.ts'

const isKnown = readTree(signedIn) as Leaf

/**
 * Where the first allows, the second allows.
 * @internal
 */
export function requires(first: Tree, second: Tree): Tree {
  return { kind: 'any', trees: [{ kind: 'not', tree: first }, second] }
}

/** `anyone` is always true, and every other rule of this package on the caller refuses the anonymous one. */
function callerRelations(atoms: readonly Leaf[]): readonly Tree[] {
  return atoms.flatMap((leaf): Tree[] => {
    const fact = callerFactOf(leaf)
    if (!fact || fact.kind === 'signedIn') return []
    return [fact.kind === 'anyone' ? leaf : requires(leaf, isKnown)]
  })
}

const isPerson = readTree(person) as Leaf

/** Only people sign in, and a sign-in of the last minute is one of the last hour. */
function timedRelations(atoms: readonly Leaf[]): readonly Tree[] {
  const timed = atoms.filter(isTimed).sort((a, b) => a.maxAge - b.maxAge)
  const known = atoms.includes(isPerson) ? isPerson : isKnown
  return timed.map((leaf, index) => requires(leaf, timed[index + 1] ?? known))
}

/** The atoms of a check, and the relations between them. */
export interface Related {
  readonly atoms: readonly Leaf[]
  readonly relations: readonly Tree[]
}

/** Whether a relation is about some atoms: by an object's atom, or when all its atoms are of the caller. */
function isAbout(relation: Tree, names: ReadonlySet<string>): boolean {
  const own = atomsOf([relation])
  const ofObjects = own.filter(({ kind }) => kind === 'object')
  const connecting = ofObjects.length > 0 ? ofObjects : own.filter(({ name }) => name !== isKnown.name)
  return connecting.some(({ name }) => names.has(name))
}

/**
 * The atoms that some rules read, with those that a stated relation connects to them. `signedIn` is always one of them.
 * A relation that is left out permits more valuations, never fewer: it can not make a false statement hold.
 */
export function relate(trees: readonly Tree[], stated: readonly Tree[]): Related {
  let atoms = atomsOf([isKnown, ...trees])
  let relations: readonly Tree[] = []
  for (let size = 0; size !== atoms.length; ) {
    size = atoms.length
    const names = new Set(atoms.map(({ name }) => name))
    relations = stated.filter((relation) => isAbout(relation, names))
    atoms = atomsOf([isKnown, ...trees, ...relations])
  }
  return { atoms, relations: [...relations, ...callerRelations(atoms), ...timedRelations(atoms)] }
}
