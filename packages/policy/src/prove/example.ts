/** A caller, an object and arguments for which the atoms have the values of a valuation. */
import type { Principal } from '@fieldnotes/core/principal'
import { settle } from '../decide/caller-verdicts.ts'
import type { Leaf, ObjectLeaf } from '../rule/leaf.ts'
import { readTree, type Tree } from '../rule/tree.ts'
import { atomsOf, compileFormula, type Valuation } from './atoms.ts'
import { callerWith } from './caller-facts.ts'
import type { Model } from './model.ts'

/** One caller, with an object and arguments. */
export interface Example {
  readonly principal: Principal
  /** Undefined when the type has no example. */
  readonly object: unknown
  readonly args: Readonly<Record<string, unknown>>
  /**
   * Atoms whose rules give another result for this example: an example of the type is missing or wrong, or a relation
   * is not stated.
   */
  readonly differs: readonly string[]
}

/** Sets the member at a path, through objects that are created on the way. */
function withMember(value: unknown, [name, ...rest]: readonly string[], leaf: unknown): unknown {
  if (name === undefined) return leaf
  const members = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  return { ...members, [name]: withMember(members[name], rest, leaf) }
}

/** Arguments that the guards read. A guard on values overwrites one that only wants some value. */
function argumentsWith(guards: readonly ObjectLeaf[]): Readonly<Record<string, unknown>> {
  const ordered = guards.toSorted((a, b) => Number(a.values !== undefined) - Number(b.values !== undefined))
  const shallow = ordered.toSorted((a, b) => depthOf(a) - depthOf(b))
  return shallow.reduce<Record<string, unknown>>(
    (args, { argument = '', values = [null] }) =>
      withMember(args, argument.split('.'), values[0]) as Record<string, unknown>,
    {},
  )
}

function depthOf({ argument = '' }: ObjectLeaf): number {
  return argument.split('.').length
}

function resultOf(leaf: Leaf, { principal, object, args }: Omit<Example, 'differs'>): boolean | undefined {
  try {
    return settle(leaf.kind === 'caller' ? leaf.test(principal) : leaf.test(object, args, { principal }, undefined))
  } catch {
    return undefined
  }
}

/** What an example is made for. */
export interface ExampleInput {
  readonly model: Model
  /** The type of the object. */
  readonly type: string
  readonly atoms: readonly Leaf[]
  readonly valuation: Valuation
  /** The rules whose leaves must give the results of the valuation for this example. */
  readonly trees: readonly Tree[]
  /** The caller's id, where it matters. */
  readonly callerId?: string
}

/** The example of a valuation. */
export function exampleOf({ model, type, atoms, valuation, trees, callerId }: ExampleInput): Example {
  const resultFor = (leaf: Leaf) => {
    const index = atoms.findIndex(({ name }) => name === leaf.name)
    return index < 0 ? undefined : (valuation & (1 << index)) !== 0
  }
  const principal = callerWith(atoms, resultFor, callerId)
  const guards = atoms.filter((leaf): leaf is ObjectLeaf => leaf.kind === 'object' && leaf.argument !== undefined)
  const args = argumentsWith(guards.filter((leaf) => resultFor(leaf)))
  const holds = (rule: Parameters<typeof readTree>[0]) => compileFormula(readTree(rule), atoms)(valuation)
  const object = model.examples[type]?.(holds, principal)
  const example = { principal, object, args }
  const differs = atomsOf(trees)
    .filter((leaf) => resultOf(leaf, example) !== resultFor(leaf))
    .map(({ name }) => name)
  return { ...example, differs }
}
