/** The smallest counterexample of a statement, with a request that shows it. */
import type { RefusalCode } from '../decide/decision.ts'
import { trace } from '../decide/trace.ts'
import type { Leaf } from '../rule/leaf.ts'
import { readTree, type Tree } from '../rule/tree.ts'
import { argumentRelations } from './argument-relations.ts'
import { atomsMax, compileFormula, type Formula, sizeOf, type Valuation } from './atoms.ts'
import { type Example, exampleOf } from './example.ts'
import { assumed } from './levels.ts'
import type { Model, Way } from './model.ts'
import { type Related, relate } from './relations.ts'
import { type ExampleRequest, requestOf } from './request.ts'
import { forEachValuation } from './valuations.ts'
import { shortestWays } from './ways.ts'

/** A caller and an object that contradict a statement. */
export interface Counterexample extends Example {
  /** The field that the request selects. */
  readonly coordinate: string
  /** The decision on each field of the statement. */
  readonly decisions: Readonly<Record<string, 'allowed' | RefusalCode>>
  /** The atoms that are true. */
  readonly facts: readonly string[]
  /** Undefined when other rules refuse every way to such an object. */
  readonly request?: ExampleRequest
}

/** A valuation as tests decide it, and the example for which they do. */
export interface Shown {
  readonly valuation: Valuation
  readonly example: Pick<Example, 'principal' | 'object' | 'args'> | undefined
}

/** What is contradicted: a condition on valuations, by the rules that it reads. */
export interface Contradiction {
  readonly trees: readonly Tree[]
  /** Makes the condition for these atoms. */
  readonly compile: (atoms: readonly Leaf[]) => Formula
  /** Where tests of rules decide: the case that shows the contradiction. */
  readonly shown?: (atoms: readonly Leaf[]) => (valuation: Valuation) => Shown | undefined
  /** The field to select. */
  readonly coordinate: string
  /** Fields whose decisions are printed. */
  readonly coordinates: readonly string[]
}

interface Found extends Related {
  readonly valuation: Valuation
  readonly path?: readonly string[]
}

/** The atoms of some rules and their relations, for requests to a field. */
export function relatedAt(model: Model, coordinate: string, trees: readonly Tree[]): Related {
  const { atoms, relations } = relate(trees, model.relations)
  return { atoms, relations: [...relations, ...argumentRelations(model.schema, coordinate, atoms)] }
}

/** The smallest valuation that fulfils all rules and contradicts the statement. */
function smallest(model: Model, { trees, compile, coordinate }: Contradiction, also: readonly Tree[]) {
  const related = relatedAt(model, coordinate, [...trees, ...also])
  if (related.atoms.length > atomsMax) return undefined
  const formulas = [compile(related.atoms), ...also.map((tree) => compileFormula(tree, related.atoms))]
  let best: Valuation | undefined
  forEachValuation(related.atoms, related.relations, (valuation) => {
    if (best !== undefined && sizeOf(best) <= sizeOf(valuation)) return
    if (formulas.every((formula) => formula(valuation))) best = valuation
  })
  return best === undefined ? undefined : { ...related, valuation: best }
}

function waysTo(model: Model, type: string): readonly Way[] {
  const shortest = shortestWays(model.schema).get(type)
  return model.ways[type] ?? (shortest ? [{ through: shortest }] : [])
}

/** The smallest example that a request can reach, over all ways to the object. */
function reached(model: Model, contradiction: Contradiction): Found | undefined {
  const [type = ''] = contradiction.coordinate.split('.')
  const found = waysTo(model, type).flatMap(({ through, given }) => {
    const rules = through.flatMap((coordinate) => model.decisions.get(coordinate) ?? [])
    const example = smallest(model, contradiction, [...rules, ...(given ? [readTree(given)] : [])])
    return example ? [{ ...example, path: [...through, contradiction.coordinate] }] : []
  })
  return found.toSorted((a, b) => sizeOf(a.valuation) - sizeOf(b.valuation))[0]
}

function decisionsOf(model: Model, coordinates: readonly string[], { atoms, valuation }: Found, example: Example) {
  const decided = coordinates.map((coordinate) => {
    const tree: Tree = model.decisions.get(coordinate) ?? { kind: 'constant', allowed: false }
    const decision = trace(assumed(tree, atoms, valuation), {
      context: { principal: example.principal },
      parent: undefined,
      args: {},
    })
    return [coordinate, decision.allowed ? 'allowed' : decision.code] as const
  })
  return Object.fromEntries(decided)
}

/** What the guards read, over what a request needs. */
function argumentsAt({ inputs }: Model, coordinate: string, { args }: Example) {
  return { ...inputs[coordinate], ...args }
}

/** Undefined when the condition holds nowhere. */
export function counterexampleOf(model: Model, contradiction: Contradiction): Counterexample | undefined {
  const found: Found | undefined = reached(model, contradiction) ?? smallest(model, contradiction, [])
  if (!found) return undefined
  const { atoms, path } = found
  const { coordinate, coordinates, trees } = contradiction
  const shownAt = contradiction.shown?.(atoms)(found.valuation)
  const valuation = shownAt?.valuation ?? found.valuation
  const made = exampleOf({ model, type: coordinate.split('.')[0] ?? '', atoms, valuation: found.valuation, trees })
  const example = { ...made, ...shownAt?.example }
  // What the tests decide otherwise than the valuation is what the example shows.
  const shown = atoms.filter((_, index) => ((valuation ^ found.valuation) & (1 << index)) !== 0)
  return {
    ...example,
    differs: example.differs.filter((name) => !shown.some((leaf) => leaf.name === name)),
    coordinate,
    decisions: decisionsOf(model, coordinates, { ...found, valuation }, example),
    facts: atoms.filter((_, index) => (valuation & (1 << index)) !== 0).map(({ name }) => name),
    ...(path && {
      request: requestOf(model.schema, path, {
        ...model.inputs,
        [coordinate]: argumentsAt(model, coordinate, example),
      }),
    }),
  }
}
