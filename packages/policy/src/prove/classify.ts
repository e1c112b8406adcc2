/** What a change of the rules opens and closes, for each field and kind of caller. */
import type { Leaf } from '../rule/leaf.ts'
import { readTree, type Tree } from '../rule/tree.ts'
import { and, firstParty, not, person, type Rule, signedIn } from '../rules.ts'
import { atomsMax, compileFormula, type Formula, type Valuation } from './atoms.ts'
import { type Contradiction, type Counterexample, counterexampleOf, relatedAt, type Shown } from './counterexample.ts'
import type { Model } from './model.ts'
import { callerTrees, compileCompared, isTested, type Pair, redefinedIn } from './redefined.ts'
import { rename, renamesOf } from './renamed.ts'
import { forEachValuation } from './valuations.ts'
import { unknownFacts } from './watch.ts'

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

/** A field of which a rule has another test than before, and no example shows how the tests differ. */
export interface Undetermined {
  readonly coordinate: string
  /** The name of the rule. */
  readonly leaf: string
  /** What its tests read and no example varies, or what has many values and one of the tests does not read. */
  readonly facts: readonly string[]
}

export interface Classification {
  readonly changes: readonly Reclassified[]
  /** Fields that may differ beyond `changes`. */
  readonly undetermined: readonly Undetermined[]
  /** Former name of a rule → its name, where the test is the same. Such a change is none. */
  readonly renamed: ReadonlyMap<string, string>
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

type Direction = 'wider' | 'narrower'

/** The first example of a valuation at which the field gives more (or less) than before, as the new rules decide it. */
function compileShown(pair: Pair, direction: Direction, atoms: readonly Leaf[]) {
  const compared = compileCompared(pair, atoms)
  const sign = direction === 'wider' ? 1 : -1
  return (valuation: Valuation): Shown | undefined => {
    const found = compared(valuation).find(({ before, after }) => (after.level - before.level) * sign > 0)
    return found && { valuation: found.after.valuation, example: found.example }
  }
}

/** The condition that a caller of a kind gets more (or less) than before. */
function contradictionOf(pair: Pair, kind: Tree, direction: Direction): Contradiction {
  const { before, after, coordinate } = pair
  const rules = [before, after].flatMap(({ decisions }) => decisions.get(coordinate) ?? [])
  const compile = (atoms: readonly Leaf[]): Formula => {
    const [isKind, shown] = [compileFormula(kind, atoms), compileShown(pair, direction, atoms)]
    return (valuation) => isKind(valuation) && shown(valuation) !== undefined
  }
  // The leaves of the new rule come last: they are the atoms.
  const trees = [kind, ...(isTested(pair) ? callerTrees : []), ...rules]
  const shown = (atoms: readonly Leaf[]) => compileShown(pair, direction, atoms)
  return { trees, compile, shown, coordinate, coordinates: [coordinate] }
}

function exampleIn(pair: Pair, kind: Tree, direction: Direction): Counterexample | undefined {
  const contradiction = contradictionOf(pair, kind, direction)
  const { atoms, relations } = relatedAt(pair.after, pair.coordinate, contradiction.trees)
  if (atoms.length > atomsMax)
    throw new RangeError(`${pair.coordinate}: ${atoms.length} atoms, of which at most ${atomsMax} can be exhausted`)
  const differs = contradiction.compile(atoms)
  let found = false
  forEachValuation(atoms, relations, (valuation) => {
    // Each valuation is visited, so that the facts that tests read are complete.
    if (differs(valuation)) found = true
  })
  return found ? counterexampleOf(pair.after, contradiction) : undefined
}

/** Redefined leaves of which the examples leave open how their tests differ. */
function undeterminedIn({ coordinate, reads }: Pair): readonly Undetermined[] {
  return [...reads].flatMap(([leaf, facts]) => {
    const unknown = unknownFacts(facts.values())
    return unknown.length > 0 ? [{ coordinate, leaf, facts: unknown }] : []
  })
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
 * exists. Rules of one name are compared by an example of each case (`examples` of `createModel`): each is evaluated by
 * its own test. A test that reads what no example varies is `undetermined`, never equal; so is one that reads a text, a
 * number or names that the test of the other table does not read. A constant that a text is compared with is not found,
 * unless an example or a variant of it has that text. A rule that has another name and the same result for every
 * example is the same rule.
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
  const renamed = renamesOf(before, after)
  const old = rename(before, renamed)
  const redefined = redefinedIn(old, after)
  const pairs = coordinates.map((coordinate): Pair => ({ before: old, after, coordinate, redefined, reads: new Map() }))
  const changes = pairs.flatMap((pair) =>
    Object.entries(callers).flatMap(([name, rule]) => reclassified(pair, name, rule)),
  )
  const names = Object.keys(callers)
  return {
    changes,
    undetermined: pairs.flatMap(undeterminedIn),
    renamed,
    cells: coordinates.length * names.length,
    callers: names,
  }
}
