/** DynamoDB's expressions: conditions, filters and updates as text with placeholders. */
import type { Clause, Condition } from './writes.ts'

type Names = Record<string, string>
type Values = Record<string, unknown>

/** Collects the names and values of an expression, so that neither becomes part of its text. */
export class Placeholders {
  readonly #names = new Map<string, string>()
  readonly #values: unknown[] = []

  /** The placeholder of an attribute's name. */
  name(attribute: string): string {
    const known = this.#names.get(attribute) ?? `#${this.#names.size}`
    this.#names.set(attribute, known)
    return known
  }

  /** The placeholder of a value. */
  value(value: unknown): string {
    return `:${this.#values.push(value) - 1}`
  }

  /** The members of the request; DynamoDB refuses either when it is empty. */
  members(): { ExpressionAttributeNames?: Names; ExpressionAttributeValues?: Values } {
    const names = [...this.#names].map(([attribute, placeholder]) => [placeholder, attribute])
    const values = this.#values.map((value, index) => [`:${index}`, value])
    return {
      ...(names.length > 0 && { ExpressionAttributeNames: Object.fromEntries(names) }),
      ...(values.length > 0 && { ExpressionAttributeValues: Object.fromEntries(values) }),
    }
  }
}

const functions: Readonly<Record<string, string>> = {
  absent: 'attribute_not_exists',
  exists: 'attribute_exists',
  contains: 'contains',
}

function clauseText([test, attribute, value]: Clause, placeholders: Placeholders): string {
  const name = placeholders.name(attribute)
  if (value === undefined) return `${functions[test]}(${name})`
  const operand = placeholders.value(value)
  return test === 'contains' ? `contains(${name}, ${operand})` : `${name} ${test} ${operand}`
}

/** The text of a condition or filter. */
export function conditionText(condition: Condition, placeholders: Placeholders): string {
  return condition
    .map((clauses) => `(${clauses.map((clause) => clauseText(clause, placeholders)).join(' AND ')})`)
    .join(' OR ')
}

/** The text of an update. In `set`, `undefined` removes an attribute; `add` increments one. */
export function updateText(
  set: Readonly<Record<string, unknown>>,
  add: Readonly<Record<string, number>>,
  placeholders: Placeholders,
): string {
  const entries = Object.entries(set)
  const nameOf = (attribute: string) => placeholders.name(attribute)
  const operandOf = (value: unknown) => placeholders.value(value)
  const parts = {
    SET: entries
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${nameOf(name)} = ${operandOf(value)}`),
    REMOVE: entries.filter(([, value]) => value === undefined).map(([name]) => nameOf(name)),
    ADD: Object.entries(add).map(([name, value]) => `${nameOf(name)} ${operandOf(value)}`),
  }
  const filled = Object.entries(parts).filter(([, list]) => list.length > 0)
  return filled.map(([word, list]) => `${word} ${list.join(', ')}`).join(' ')
}
