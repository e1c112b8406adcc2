/** Reads and writes of the table as plain data, and the DynamoDB expressions they become. No I/O. */
import type { tableShape } from '@fieldnotes/core/table-shape'

export interface Key {
  readonly pk: string
  readonly sk: string
}

export type Item = Key & Readonly<Record<string, unknown>>

/** One comparison on one attribute of the item as it stands. */
export type Clause =
  | readonly [test: 'absent' | 'exists', attribute: string]
  | readonly [test: '=' | '<>' | '<' | '>=' | 'contains', attribute: string, value: unknown]

/** Any of several lists of clauses that must all hold. */
export type Condition = readonly (readonly Clause[])[]

/** A write and what must hold for it. In `set`, `undefined` removes the attribute. */
export type Write =
  | { readonly put: Item; readonly when?: Condition }
  | {
      readonly update: Key
      readonly set?: Readonly<Record<string, unknown>>
      readonly add?: Readonly<Record<string, number>>
      readonly when?: Condition
    }
  | { readonly remove: Key; readonly when?: Condition }

/** A stretch of one partition, in the order of the sort key or of an index. */
export interface Range {
  readonly pk: string
  /** Items come with what the index holds of them; without one, whole. */
  readonly index?: keyof typeof tableShape.localIndexes | undefined
  /** Both ends belong to the stretch. */
  readonly between: readonly [low: string, high: string]
  /** Begins behind this item, which need not exist any more. */
  readonly after?: Key | undefined
  readonly forward: boolean
  /** How many items to look at, before `where` drops some. */
  readonly limit: number
  readonly where?: Condition
}

type Names = Record<string, string>
type Values = Record<string, unknown>

/** Collects attribute names and values while an expression is written, so that neither can ever be part of its text. */
export class Placeholders {
  readonly #names = new Map<string, string>()
  readonly #values: unknown[] = []

  name(attribute: string): string {
    const known = this.#names.get(attribute) ?? `#${this.#names.size}`
    this.#names.set(attribute, known)
    return known
  }

  value(value: unknown): string {
    return `:${this.#values.push(value) - 1}`
  }

  /** The two members that DynamoDB refuses when they are empty. */
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

function clauseText([test, attribute, value]: Clause, places: Placeholders): string {
  const name = places.name(attribute)
  if (value === undefined) return `${functions[test]}(${name})`
  return test === 'contains' ? `contains(${name}, ${places.value(value)})` : `${name} ${test} ${places.value(value)}`
}

/** The text of a condition. */
export function conditionText(condition: Condition, places: Placeholders): string {
  return condition
    .map((clauses) => `(${clauses.map((clause) => clauseText(clause, places)).join(' AND ')})`)
    .join(' OR ')
}

/** The text of an update: `undefined` removes, the rest is set; `add` counts up. */
export function updateText(
  set: Readonly<Record<string, unknown>>,
  add: Readonly<Record<string, number>>,
  places: Placeholders,
): string {
  const entries = Object.entries(set)
  const parts = {
    SET: entries.filter(([, v]) => v !== undefined).map(([a, v]) => `${places.name(a)} = ${places.value(v)}`),
    REMOVE: entries.filter(([, v]) => v === undefined).map(([a]) => places.name(a)),
    ADD: Object.entries(add).map(([a, v]) => `${places.name(a)} ${places.value(v)}`),
  }
  const filled = Object.entries(parts).filter(([, list]) => list.length > 0)
  return filled.map(([word, list]) => `${word} ${list.join(', ')}`).join(' ')
}
