/** Checks a table of rules against its schema before anything starts. */
import { type GraphQLObjectType, type GraphQLSchema, isAbstractType, isIntrospectionType, isObjectType } from 'graphql'
import { isOwnRule } from '../rule/rule-object.ts'
import { leavesOf, readTree, type Tree, UnfitRule } from '../rule/tree.ts'
import { fieldProblems, lateGuards, objectTypesOf } from './field-problems.ts'

/** `Type.field` → its rule. */
export type Decisions = ReadonlyMap<string, Tree>

/** A table that does not start. The message lists all problems, one a line, each with coordinate and correction. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`The policy can't start:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

type Table = Readonly<Record<string, unknown>>

function isTable(value: unknown): value is Table {
  if (typeof value !== 'object' || value === null || isOwnRule(value)) return false
  return Object.getPrototypeOf(value) === Object.prototype
}

function misplacedType(schema: GraphQLSchema, name: string): string | undefined {
  const type = schema.getType(name)
  if (!type) return `${name} is in the table but not in the schema: remove it or mend the spelling.`
  if (isAbstractType(type))
    return `${name} is an interface or union, whose fields are decided by each object type: move its rules there.`
  if (!isObjectType(type) || isIntrospectionType(type))
    return `${name} has no fields to decide: remove it from the table.`
  return undefined
}

function misplacedFields(type: GraphQLObjectType, row: unknown): readonly string[] {
  if (!isTable(row))
    return [
      `${type.name} needs one rule for each field: ` +
        'a rule for the whole type would decide fields that are not yet written.',
    ]
  const fields = type.getFields()
  return Object.keys(row)
    .filter((name) => !Object.hasOwn(fields, name))
    .map((name) => `${type.name}.${name} is in the table but not in the schema: remove it or mend the spelling.`)
}

function misplaced(schema: GraphQLSchema, table: Table): readonly string[] {
  return Object.entries(table).flatMap(([name, row]) => {
    const problem = misplacedType(schema, name)
    return problem ? [problem] : misplacedFields(schema.getType(name) as GraphQLObjectType, row)
  })
}

interface Reading {
  readonly decisions: Map<string, Tree>
  readonly problems: string[]
}

function readField(coordinate: string, rule: unknown, { decisions, problems }: Reading): void {
  if (rule === undefined) {
    problems.push(`${coordinate} has no rule: add one to the table, or \`deny\`.`)
    return
  }
  try {
    decisions.set(coordinate, readTree(rule))
  } catch (error) {
    if (!(error instanceof UnfitRule)) throw error
    problems.push(`${coordinate}: ${error.message}.`)
  }
}

function readTable(schema: GraphQLSchema, table: Table): Reading {
  const reading: Reading = { decisions: new Map(), problems: [...misplaced(schema, table)] }
  for (const type of objectTypesOf(schema)) {
    const row = Object.hasOwn(table, type.name) && isTable(table[type.name]) ? (table[type.name] as Table) : {}
    for (const name of Object.keys(type.getFields()))
      readField(`${type.name}.${name}`, Object.hasOwn(row, name) ? row[name] : undefined, reading)
  }
  return reading
}

/** Two rules of one name: matrix, explanation and log could not distinguish them. */
function sharedNames(decisions: Decisions): readonly string[] {
  const leaves = new Set([...decisions.values()].flatMap(leavesOf))
  const names = [...leaves].map(({ name }) => name)
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index))
  return [...twice].map(
    (name) => `Two rules are called "${name}": make it once and use it twice, or write family(name => …).`,
  )
}

/**
 * Reads the whole table.
 * @throws PolicyError with every problem, when there is one
 */
export function readDecisions(schema: GraphQLSchema, table: Table): Decisions {
  const { decisions, problems } = readTable(schema, table)
  const all = [
    ...problems,
    ...fieldProblems(schema, decisions),
    ...lateGuards(schema, decisions),
    ...sharedNames(decisions),
  ]
  if (all.length > 0) throw new PolicyError(all)
  return decisions
}
