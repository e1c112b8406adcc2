/** What an answer is held against, and how the two differ. */
import type { Code } from './oracle.ts'

/** A field that the store itself answers with an error, whoever may ask. */
export class Fault {
  readonly code: Code

  constructor(code: Code) {
    this.code = code
  }
}

class Any {
  readonly type: 'string' | 'number'

  constructor(type: Any['type']) {
    this.type = type
  }
}

/** Stands for any value of a type, where the value itself is the endpoint's secret. */
export function any(type: Any['type']): Any {
  return new Any(type)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function tell(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing'
}

/** Every place at which `actual` is not as expected. */
export function differences(expected: unknown, actual: unknown, path = ''): readonly string[] {
  const same = expected instanceof Any ? typeof actual === expected.type : Object.is(expected, actual)
  if (same) return []
  const alike = isObject(expected) && isObject(actual) && Array.isArray(expected) === Array.isArray(actual)
  if (!alike || expected instanceof Any) return [`${path}: ${tell(actual)} in the place of ${tell(expected)}`]
  const names = new Set([...Object.keys(expected), ...Object.keys(actual)])
  return [...names].flatMap((name) => differences(expected[name], actual[name], `${path}.${name}`))
}
