/**
 * Proofs: statements about a policy, checked for all callers, objects and arguments. Rules are pure functions over
 * finitely many atoms, so that trying every permitted combination is a proof.
 */
import type { Leaf } from '../rule/leaf.ts'
import { readTree, type Tree } from '../rule/tree.ts'
import { atomsMax, compileFormula, type Formula } from './atoms.ts'
import { type Contradiction, type Counterexample, counterexampleOf, relatedAt } from './counterexample.ts'
import { assertOneMeaning, createModel, type ExampleOf, type Knowledge, type Model, type Way } from './model.ts'
import type { ExampleRequest } from './request.ts'
import {
  always,
  type Coordinate,
  equal,
  type Fields,
  field,
  implies,
  isFields,
  never,
  onlyIf,
  type Statement,
  statementText,
  type Term,
  when,
} from './statement.ts'
import { forEachValuation } from './valuations.ts'

export {
  always,
  type Coordinate,
  type Counterexample,
  createModel,
  type ExampleOf,
  type ExampleRequest,
  equal,
  type Fields,
  field,
  implies,
  type Knowledge,
  type Model,
  never,
  onlyIf,
  type Statement,
  type Term,
  type Way,
  when,
}

/** The result for one statement. */
export interface Proof {
  readonly name: string
  /** The statement in words. */
  readonly statement: string
  readonly holds: boolean
  /** Why the statement can not be checked, or can not fail. It then does not hold. */
  readonly defect?: string
  /** The smallest one. */
  readonly counterexample?: Counterexample
  /** The fields for which the statement is false. */
  readonly failing: readonly string[]
  /** Fields, or pairs of fields, for which the statement was checked. */
  readonly fields: number
  /** The most atoms that one check had. */
  readonly atoms: number
  /** Permitted valuations, over all checks. */
  readonly valuations: number
}

interface Side {
  readonly tree: Tree
  readonly coordinate?: string
}

function coordinatesOf({ decisions }: Model, coordinate: string): readonly string[] {
  if (!coordinate.endsWith('.*')) return decisions.has(coordinate) ? [coordinate] : []
  return [...decisions.keys()].filter((key) => key.startsWith(coordinate.slice(0, -1)))
}

/** One side for each field of a term. */
function sidesOf(model: Model, term: Term): readonly Side[] {
  if (!isFields(term)) return [{ tree: readTree(term) }]
  return term.coordinates.flatMap((written) => {
    const found = coordinatesOf(model, written)
    if (found.length === 0) throw new TypeError(`the policy has no field ${written}`)
    return found.map((coordinate) => ({ tree: model.decisions.get(coordinate) as Tree, coordinate }))
  })
}

/** One statement about at most two fields. */
interface Claim {
  readonly contradiction: Contradiction
  /** The part that some case must fulfil: otherwise the statement can not fail. */
  readonly condition: Tree
}

function claimOf(model: Model, { given, left: written }: Statement, left: Side, right: Side): Claim {
  const condition = readTree(given)
  const trees = [condition, left.tree, right.tree]
  const compile = (atoms: readonly Leaf[]): Formula => {
    const [about, a, b] = trees.map((tree) => compileFormula(tree, atoms))
    return (valuation) => Boolean(about?.(valuation) && a?.(valuation) && !b?.(valuation))
  }
  const coordinates = [left.coordinate, right.coordinate].filter((each) => each !== undefined)
  const [coordinate = [...model.decisions.keys()][0] ?? ''] = coordinates
  return {
    contradiction: { trees, compile, coordinate, coordinates },
    condition: { kind: 'all', trees: isFields(written) ? [condition] : [condition, left.tree] },
  }
}

/** A claim for each pair of fields. Both directions of `equal` are claims of their own. */
function claimsOf(model: Model, statement: Statement): readonly Claim[] {
  const [lefts, rights] = [sidesOf(model, statement.left), sidesOf(model, statement.right)]
  assertOneMeaning(model, [...[...lefts, ...rights].map(({ tree }) => tree), readTree(statement.given)])
  const turned = { ...statement, left: statement.right }
  return lefts.flatMap((left) =>
    rights.flatMap((right) => [
      claimOf(model, statement, left, right),
      ...(statement.word === 'equal' ? [claimOf(model, turned, right, left)] : []),
    ]),
  )
}

type Checked = Pick<Proof, 'atoms' | 'valuations' | 'defect' | 'counterexample'>

function checkClaim(model: Model, { contradiction, condition }: Claim): Checked {
  const { trees, coordinate, compile } = contradiction
  const { atoms, relations } = relatedAt(model, coordinate, trees)
  const counts = { atoms: atoms.length, valuations: 0 }
  if (atoms.length > atomsMax)
    return { ...counts, defect: `${coordinate}: ${atoms.length} atoms, of which at most ${atomsMax} can be exhausted` }
  const [contradicted, applies] = [compile(atoms), compileFormula(condition, atoms)]
  let [isFalse, isUsed] = [false, false]
  const valuations = forEachValuation(atoms, relations, (valuation) => {
    isFalse ||= contradicted(valuation)
    isUsed ||= applies(valuation)
  })
  if (!isUsed) return { ...counts, valuations, defect: `${coordinate}: no caller and object fulfil the condition` }
  const counterexample = isFalse ? counterexampleOf(model, contradiction) : undefined
  return { ...counts, valuations, ...(counterexample && { counterexample }) }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

/** A counterexample with a request comes before one without; then the smaller. */
function rankOf({ request, facts }: Counterexample): number {
  return (request ? 0 : 1000) + facts.length
}

function proveOne(model: Model, name: string, statement: Statement): Proof {
  const checked = claimsOf(model, statement).map((claim) => checkClaim(model, claim))
  const found = checked.flatMap(({ counterexample }) => counterexample ?? [])
  const [counterexample] = found.toSorted((a, b) => rankOf(a) - rankOf(b))
  const defect = checked.find((each) => each.defect !== undefined)?.defect
  return {
    name,
    statement: statementText(statement),
    holds: !counterexample && defect === undefined,
    ...(defect !== undefined && { defect }),
    ...(counterexample && { counterexample }),
    failing: found.map(({ coordinate }) => coordinate),
    fields: checked.length,
    atoms: Math.max(0, ...checked.map((each) => each.atoms)),
    valuations: sum(checked.map((each) => each.valuations)),
  }
}

/**
 * Checks each statement for all callers, objects and arguments: at most 2^20 valuations for each field. What a rule
 * throws is not considered: it closes its field, so that `never` and `only if` hold with it too.
 * @throws TypeError for a field that the policy lacks, and for two rules of one name
 * @example
 * ```ts
 * import { createModel, field, never, prove, when } from '@fieldnotes/policy/prove'
 * import { allow, not, signedIn } from '@fieldnotes/policy/rules'
 * import { buildSchema } from 'graphql'
 *
 * const types = buildSchema('type Query { book: Book } type Book { title: String draft: String }')
 * const model = createModel(types, { Query: { book: allow }, Book: { title: allow, draft: allow } })
 * const [proof] = prove(model, { 'Drafts need a sign-in': never(field('Book.draft'), when(not(signedIn))) })
 * proof?.counterexample?.request // { query: '{ book { draft } }', variables: {} }
 * ```
 */
export function prove(model: Model, statements: Readonly<Record<string, Statement>>): readonly Proof[] {
  return Object.entries(statements).map(([name, statement]) => proveOne(model, name, statement))
}
