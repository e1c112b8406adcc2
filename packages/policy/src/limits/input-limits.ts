/**
 * The size of all arguments of an operation, each variable counted as often as it is used. The size of a request does
 * not bound them: each field that uses a variable may write the same long text.
 */
import {
  type FieldNode,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql'
import { hasMembers, isLimit, type OptionCheck } from '../decide/option-checks.ts'
import type { Operation } from './cost.ts'
import { refuseLarger } from './document-limits.ts'
import { type Fragments, fragmentsOf } from './fragments.ts'

/** The largest size of all arguments of one operation together. */
export interface InputLimits {
  /** Values: list items, object members, and the arguments themselves. */
  readonly values: number
  /** UTF-16 units of all strings. */
  readonly characters: number
}

export const inputLimitsDefault: InputLimits = { values: 2000, characters: 1_000_000 }

/** The check of `InputLimits`. */
export const isInputLimits: OptionCheck = hasMembers({ values: isLimit, characters: isLimit })

/** The size of all literals, the number of uses of each variable, and the sizes of the variables' defaults. */
interface Uses {
  readonly literals: Amount
  readonly variables: ReadonlyMap<string, number>
  readonly defaults: ReadonlyMap<string, Amount>
}

interface Amount {
  values: number
  characters: number
}

function addLiteral(node: ValueNode, literals: Amount, variables: Map<string, number>): void {
  if (node.kind === Kind.VARIABLE) {
    variables.set(node.name.value, (variables.get(node.name.value) ?? 0) + 1)
    return
  }
  literals.values += 1
  if (node.kind === Kind.STRING) literals.characters += node.value.length
  if (node.kind === Kind.LIST) for (const item of node.values) addLiteral(item, literals, variables)
  if (node.kind === Kind.OBJECT) for (const member of node.fields) addLiteral(member.value, literals, variables)
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): ReadonlyMap<string, Amount> {
  const defaults = new Map<string, Amount>()
  for (const { variable, defaultValue } of variableDefinitions) {
    const amount = { values: 0, characters: 0 }
    if (defaultValue) addLiteral(defaultValue, amount, new Map())
    defaults.set(variable.name.value, amount)
  }
  return defaults
}

/** Reads every argument, through fragments. Their number is bounded by the limits of the document. */
function readUses(operation: OperationDefinitionNode, fragments: Fragments): Uses {
  const literals = { values: 0, characters: 0 }
  const variables = new Map<string, number>()
  const addField = ({ arguments: given = [], selectionSet }: FieldNode): void => {
    for (const { value } of given) addLiteral(value, literals, variables)
    if (selectionSet) addSet(selectionSet)
  }
  const addSet = ({ selections }: SelectionSetNode): void => {
    for (const node of selections) {
      if (node.kind === Kind.FIELD) addField(node)
      else {
        const inner = node.kind === Kind.INLINE_FRAGMENT ? node : fragments[node.name.value]
        if (inner) addSet(inner.selectionSet)
      }
    }
  }
  addSet(operation.selectionSet)
  return { literals, variables, defaults: defaultsOf(operation) }
}

const known = new WeakMap<OperationDefinitionNode, Uses>()

function usesOf(operation: OperationDefinitionNode, fragments: () => Fragments): Uses {
  const uses = known.get(operation) ?? readUses(operation, fragments())
  known.set(operation, uses)
  return uses
}

/** The size of a value. The counting ends above the limits. */
export function amountOf(value: unknown, limits: InputLimits): Amount {
  const amount = { values: 0, characters: 0 }
  const open = [value]
  while (open.length > 0 && amount.values <= limits.values && amount.characters <= limits.characters) {
    const next = open.pop()
    amount.values += 1
    if (typeof next === 'string') amount.characters += next.length
    else if (typeof next === 'object' && next !== null) for (const inner of Object.values(next)) open.push(inner)
  }
  return amount
}

/**
 * Refuses a valid operation whose arguments are too large.
 * @throws GraphQLError LIMIT_EXCEEDED
 */
export function assertInputs({ document, operationName, variables }: Operation, limits: InputLimits): void {
  const operation = getOperationAST(document, operationName)
  if (!operation) return
  const { literals, variables: uses, defaults } = usesOf(operation, () => fragmentsOf(document))
  const total = { ...literals }
  for (const [name, count] of uses) {
    const isGiven = Object.hasOwn(variables ?? {}, name)
    const amount = (isGiven ? undefined : defaults.get(name)) ?? amountOf(variables?.[name], limits)
    total.values += count * amount.values
    total.characters += count * amount.characters
  }
  if (total.values > limits.values) refuseLarger('values of arguments', limits.values, total.values)
  if (total.characters > limits.characters) refuseLarger('characters of arguments', limits.characters, total.characters)
}
