/** What a change of the rules opens and closes, for each field and kind of caller. */
import { settle } from '../decide/caller-verdicts.ts'
import type { Leaf } from '../rule/leaf.ts'
import { leavesOf, readTree, type Tree } from '../rule/tree.ts'
import { and, firstParty, not, person, type Rule, signedIn } from '../rules.ts'
import { atomsMax, compileFormula, type Formula, type Valuation } from './atoms.ts'
import { type Contradiction, type Counterexample, counterexampleOf, relatedAt } from './counterexample.ts'
import { exampleOf } from './example.ts'
import { compileLevel, type LevelOf } from './levels.ts'
import type { Model } from './model.ts'
import { forEachValuation } from './valuations.ts'

/** `incomparable`: wider in some cases, and narrower in others. */
export type Difference = 'wider' | 'narrower' | 'incomparable'

/** A field whose rule decides otherwise than before, for callers of one kind. */
export interface Reclassified {
  readonly coordinate: string
  /** The kind of caller. */
  readonly caller: string
  readonly difference: Difference
  /** The smallest example that gets more than before. Its decisions are those of the new rules. */
  readonly wider?: Counterexample
  /** The smallest example that gets less than before. */
  readonly narrower?: Counterexample
}

export interface Classification {
  readonly changes: readonly Reclassified[]
  /** Fields that were compared, for each kind of caller. */
  readonly cells: number
  readonly callers: readonly string[]
}

export interface ClassifyOptions {
  /** Rules that divide all callers; anonymous, person, third party and service by default. */
  readonly callers?: Readonly<Record<string, Rule>>
  /** The fields to compare; all by default. */
  readonly coordinates?: readonly string[]
}

const kindsOfCaller: Readonly<Record<string, Rule>> = {
  anonymous: not(signedIn),
  person: and(person, firstParty),
  'third party': and(person, not(firstParty)),
  service: and(signedIn, not(person)),
}

const closed: Tree = { kind: 'constant', allowed: false }

interface Pair {
  readonly before: Model
  readonly after: Model
  readonly coordinate: string
}

/** Leaves of the old rules that are other objects than the leaves of the same name: their tests may differ. */
function redefined(old: Tree, atoms: readonly Leaf[]): readonly Leaf[] {
  return leavesOf(old).filter((leaf) => atoms.find(({ name }) => name === leaf.name) !== leaf)
}

function bitOf(atoms: readonly Leaf[], leaf: Leaf): number {
  return 1 << atoms.findIndex(({ name }) => name === leaf.name)
}

function resultAt(leaf: Leaf, { principal, object, args }: ReturnType<typeof exampleOf>): boolean {
  try {
    return settle(leaf.kind === 'caller' ? leaf.test(principal) : leaf.test(object, args, { principal }, undefined))
  } catch {
    return false
  }
}

/**
 * The level of the old rule. A leaf of the same name may have another test now: both are evaluated for an example of
 * the valuation, wherever there is one that shows it.
 */
function oldLevel({ before, after, coordinate }: Pair, atoms: readonly Leaf[]): LevelOf {
  const tree = before.decisions.get(coordinate) ?? closed
  const level = compileLevel(tree, atoms)
  const leaves = redefined(tree, atoms)
  if (leaves.length === 0) return level
  const now = leaves.map((leaf) => atoms.find(({ name }) => name === leaf.name) ?? leaf)
  const type = coordinate.split('.')[0] ?? ''
  return (valuation) => {
    const example = exampleOf({ model: after, type, atoms, valuation, trees: now })
    const shown = leaves.filter(({ name }) => !example.differs.includes(name))
    const old = shown.reduce<Valuation>((bits, leaf) => {
      const bit = bitOf(atoms, leaf)
      return resultAt(leaf, example) ? bits | bit : bits & ~bit
    }, valuation)
    return level(old)
  }
}

function newLevel({ after, coordinate }: Pair, atoms: readonly Leaf[]): LevelOf {
  return compileLevel(after.decisions.get(coordinate) ?? closed, atoms)
}

type Direction = 'wider' | 'narrower'

/** The condition that a caller of a kind gets more (or less) than before. */
function contradictionOf(pair: Pair, kind: Tree, direction: Direction): Contradiction {
  const { before, after, coordinate } = pair
  const rules = [after, before].flatMap(({ decisions }) => decisions.get(coordinate) ?? [])
  const compile = (atoms: readonly Leaf[]): Formula => {
    const [isKind, old, now] = [compileFormula(kind, atoms), oldLevel(pair, atoms), newLevel(pair, atoms)]
    return direction === 'wider'
      ? (valuation) => isKind(valuation) && now(valuation) > old(valuation)
      : (valuation) => isKind(valuation) && now(valuation) < old(valuation)
  }
  // The leaves of the new rule come last: they are the atoms.
  return { trees: [kind, ...rules.toReversed()], compile, coordinate, coordinates: [coordinate] }
}

function exampleIn(pair: Pair, kind: Tree, direction: Direction): Counterexample | undefined {
  const contradiction = contradictionOf(pair, kind, direction)
  const { atoms, relations } = relatedAt(pair.after, pair.coordinate, contradiction.trees)
  if (atoms.length > atomsMax)
    throw new RangeError(`${pair.coordinate}: ${atoms.length} atoms, of which at most ${atomsMax} can be exhausted`)
  const differs = contradiction.compile(atoms)
  let found = false
  forEachValuation(atoms, relations, (valuation) => {
    found ||= differs(valuation)
  })
  return found ? counterexampleOf(pair.after, contradiction) : undefined
}

function reclassified(pair: Pair, caller: string, rule: Rule): readonly Reclassified[] {
  const kind = readTree(rule)
  const [wider, narrower] = [exampleIn(pair, kind, 'wider'), exampleIn(pair, kind, 'narrower')]
  if (!wider && !narrower) return []
  const difference = wider && narrower ? 'incomparable' : wider ? 'wider' : 'narrower'
  const { coordinate } = pair
  return [{ coordinate, caller, difference, ...(wider && { wider }), ...(narrower && { narrower }) }]
}

/**
 * Compares each field for each kind of caller, over all callers, objects and arguments. A field that is new is wider
 * for all who may read it. That a refusal becomes NOT_FOUND is narrower: the caller no longer learns that the object
 * exists. Rules of one name are compared by an example of each case (`examples` of `createModel`).
 * @throws RangeError for a field whose rules read more than 20 atoms
 * @example
 * ```ts
 * import { classify } from '@fieldnotes/policy/classify'
 * import { createModel } from '@fieldnotes/policy/prove'
 * import { allow, person, signedIn } from '@fieldnotes/policy/rules'
 * import { buildSchema } from 'graphql'
 *
 * const types = buildSchema('type Query { title: String draft: String }')
 * const before = createModel(types, { Query: { title: allow, draft: person } })
 * const after = createModel(types, { Query: { title: allow, draft: signedIn } })
 * const { changes } = classify(before, after)
 * changes.map(({ coordinate, caller, difference }) => [coordinate, caller, difference]) // Query.draft, service, wider
 * ```
 */
export function classify(before: Model, after: Model, options: ClassifyOptions = {}): Classification {
  const { callers = kindsOfCaller } = options
  const all = [...new Set([...after.decisions.keys(), ...before.decisions.keys()])]
  const coordinates = options.coordinates ?? all
  const changes = coordinates.flatMap((coordinate) =>
    Object.entries(callers).flatMap(([name, rule]) => reclassified({ before, after, coordinate }, name, rule)),
  )
  const names = Object.keys(callers)
  return { changes, cells: coordinates.length * names.length, callers: names }
}
