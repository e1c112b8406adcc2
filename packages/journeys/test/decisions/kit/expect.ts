/** Compares a response with an expectation. */
import type { Code } from './oracle.ts'

/** A field for which the store itself returns an error, for every caller. */
export class Fault {
  readonly code: Code
  readonly remedy: object | undefined

  constructor(code: Code, remedy?: object) {
    this.code = code
    this.remedy = remedy
  }
}

class Any {
  readonly type: 'string' | 'number'

  constructor(type: Any['type']) {
    this.type = type
  }
}

/** Matches any value of a type, for values that only the endpoint can compute. */
export function any(type: Any['type']): Any {
  return new Any(type)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function textOf(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing'
}

/** All paths at which `actual` differs from `expected`. */
export function differences(expected: unknown, actual: unknown, path = ''): readonly string[] {
  const same = expected instanceof Any ? typeof actual === expected.type : Object.is(expected, actual)
  if (same) return []
  const alike = isObject(expected) && isObject(actual) && Array.isArray(expected) === Array.isArray(actual)
  if (!alike || expected instanceof Any) return [`${path}: ${textOf(actual)} instead of ${textOf(expected)}`]
  const names = new Set([...Object.keys(expected), ...Object.keys(actual)])
  return [...names].flatMap((name) => differences(expected[name], actual[name], `${path}.${name}`))
}
