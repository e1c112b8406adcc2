/** Predicts the exact response, data and errors, from the oracle. */
import { Fault } from './expect.ts'
import { type Code, refusalOf } from './oracle.ts'
import { remedyOf } from './remedy-oracle.ts'
import { isExplained, type SelectedField, type Shape } from './shape.ts'
import type { Seen } from './view.ts'

/** The expected response. */
export interface Predicted {
  readonly data: unknown
  /** Path → code. */
  readonly errors: Readonly<Record<string, Code>>
  /** Path → remedy, for errors that have one. */
  readonly remedies: Readonly<Record<string, unknown>>
  /** Paths of fields that the schema calls null only with an error (`@semanticNonNull`). */
  readonly explained: readonly string[]
  /** Values that were refused. */
  readonly hidden: readonly unknown[]
}

type TypedObject = Readonly<Record<string, unknown>> & { readonly type: string }

interface Expectations {
  readonly errors: Record<string, Code>
  readonly remedies: Record<string, unknown>
  readonly explained: string[]
  readonly hidden: unknown[]
}

function isObject(value: unknown): value is TypedObject {
  return typeof value === 'object' && value !== null && 'type' in value
}

/** The object as the oracle needs it: for a note, its facts. */
function subjectOf(object: TypedObject): unknown {
  return object.facts ?? object
}

/** Walks `shape` over `value` and consults the oracle at every field. */
export function predict(shape: Shape, value: unknown, seen: Seen): Predicted {
  const notes: Expectations = { errors: {}, remedies: {}, explained: [], hidden: [] }
  const complete = (inner: Shape | undefined, found: unknown, path: string): unknown => {
    if (Array.isArray(found)) return found.map((item, index) => complete(inner, item, `${path}.${index}`))
    if (found instanceof Fault) {
      notes.errors[path] = found.code
      if (found.remedy) notes.remedies[path] = found.remedy
      return null
    }
    return inner && isObject(found) ? fieldsOf(inner, found, path) : (found ?? null)
  }
  const field = (object: TypedObject, { key, name, shape: inner }: SelectedField, path: string): unknown => {
    if (isExplained(object.type, name)) notes.explained.push(`${path}.${key}`)
    const code = refusalOf(seen.caller, `${object.type}.${name}`, subjectOf(object))
    if (!code) return complete(inner, object[name], `${path}.${key}`)
    notes.errors[`${path}.${key}`] = code
    const remedy = remedyOf(seen.caller, `${object.type}.${name}`, subjectOf(object))
    if (remedy) notes.remedies[`${path}.${key}`] = remedy
    notes.hidden.push(object[name])
    return null
  }
  const fieldsOf = (inner: Shape, object: TypedObject, path: string): unknown => {
    const picks = [...inner.common, ...(inner.on[object.type] ?? [])]
    return Object.fromEntries(picks.map((pick) => [pick.key, field(object, pick, path)]))
  }
  const data = complete(shape, value, '')
  return { data, ...notes }
}
