/** What a table of rules must be before anything may start with it. Every problem names its place and the mend. */
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInputObjectType,
  isIntrospectionType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { leavesOf, readTree, type Tree, UnfitRule } from '../rule/tree.ts'
import { fold } from './partial-evaluation.ts'

/** `Type.field` → its rule. */
export type Decisions = ReadonlyMap<string, Tree>

/** A table that may not start: all its problems at once, one a line. */
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
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}

/** The object types of a schema, without those of introspection. */
function objectTypesOf(schema: GraphQLSchema): readonly GraphQLObjectType[] {
  return Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && !isIntrospectionType(type),
  ) as GraphQLObjectType[]
}

function isOpen(tree: Tree): boolean {
  const folded = fold(tree)
  return folded.kind === 'constant' && folded.allowed
}

function misplacedType(name: string, type: GraphQLNamedType | undefined): string | undefined {
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
      `${type.name} needs one rule for each field: a rule for the whole type would decide fields that are not yet written.`,
    ]
  const fields = type.getFields()
  return Object.keys(row)
    .filter((name) => !Object.hasOwn(fields, name))
    .map((name) => `${type.name}.${name} is in the table but not in the schema: remove it or mend the spelling.`)
}

function misplaced(schema: GraphQLSchema, table: Table): readonly string[] {
  return Object.entries(table).flatMap(([name, row]) => {
    const type = schema.getType(name)
    const problem = misplacedType(name, type)
    return problem ? [problem] : misplacedFields(type as GraphQLObjectType, row)
  })
}

interface Reading {
  readonly decisions: Map<string, Tree>
  readonly problems: string[]
}

function readField(place: string, rule: unknown, { decisions, problems }: Reading): void {
  if (rule === undefined) {
    problems.push(`${place} has no rule: add one to the table, or \`deny\`.`)
    return
  }
  try {
    decisions.set(place, readTree(rule))
  } catch (error) {
    if (!(error instanceof UnfitRule)) throw error
    problems.push(`${place}: ${error.message}.`)
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

type Field = GraphQLField<unknown, unknown>

function nonNull(place: string, field: Field, tree: Tree): readonly string[] {
  return isNonNullType(field.type) && !isOpen(tree)
    ? [
        `${place} can be refused but is ${field.type}: a refusal would take its parent along. Make it nullable, or \`allow\` it.`,
      ]
    : []
}

/** Whether a dotted path leads to an argument or to a member of its input types. */
function hasArgument(
  inputs: readonly { name: string; type: GraphQLArgument['type'] }[],
  [name, ...rest]: readonly string[],
): boolean {
  const input = inputs.find((candidate) => candidate.name === name)
  if (!input) return false
  const type = getNamedType(input.type)
  if (rest.length === 0) return true
  return isInputObjectType(type) && hasArgument(Object.values(type.getFields()), rest)
}

function unknownArguments(place: string, field: Field, tree: Tree): readonly string[] {
  return leavesOf(tree)
    .flatMap((leaf) => (leaf.kind === 'object' && leaf.argument !== undefined ? [leaf.argument] : []))
    .filter((path) => !hasArgument(field.args, path.split('.')))
    .map((path) => `${place} has no argument ${path}: mend the path of its guard.`)
}

/** Every place that can be reached below `type`. */
function reach(schema: GraphQLSchema, type: GraphQLNamedType, seen = new Set<string>()): ReadonlySet<string> {
  const types = isAbstractType(type) ? schema.getPossibleTypes(type) : isObjectType(type) ? [type] : []
  for (const { name, fields } of types.map((each) => ({ name: each.name, fields: Object.values(each.getFields()) })))
    for (const field of fields.filter((each) => !seen.has(`${name}.${each.name}`))) {
      seen.add(`${name}.${field.name}`)
      reach(schema, getNamedType(field.type), seen)
    }
  return seen
}

/** A rule below a mutation is asked after the write. */
function lateGuards(schema: GraphQLSchema, decisions: Decisions): readonly string[] {
  return Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap((field) => {
    const place = `${schema.getMutationType()?.name}.${field.name}`
    const tree = decisions.get(place)
    if (!tree || !isOpen(tree)) return []
    const guarded = [...reach(schema, getNamedType(field.type))].find((below) => !isOpen(decisions.get(below) ?? tree))
    if (!guarded) return []
    return [
      `${place} is \`allow\`, but ${guarded} in its payload asks for a rule, and would ask after the write: guard ${place} itself, or say \`anyone\`.`,
    ]
  })
}

/** One name for one rule: matrix, explanation and log would otherwise say the same of two things. */
function sharedNames(decisions: Decisions): readonly string[] {
  const leaves = new Set([...decisions.values()].flatMap(leavesOf))
  const names = [...leaves].map(({ name }) => name)
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index))
  return [...twice].map(
    (name) => `Two rules are called "${name}": make it once and use it twice, or write family(word => …).`,
  )
}

function fieldProblems(schema: GraphQLSchema, decisions: Decisions): readonly string[] {
  return objectTypesOf(schema).flatMap((type) =>
    Object.values(type.getFields()).flatMap((field) => {
      const place = `${type.name}.${field.name}`
      const tree = decisions.get(place)
      return tree ? [...nonNull(place, field, tree), ...unknownArguments(place, field, tree)] : []
    }),
  )
}

/**
 * Reads the whole table.
 * @throws PolicyError with every problem, when there is one.
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
