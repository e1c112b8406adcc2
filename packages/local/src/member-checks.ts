/** Checks of the members of stored objects. */

/** Whether a value may be stored in a member. */
export type Check = (value: unknown) => boolean

/** A text. */
export function isText(value: unknown): value is string {
  return typeof value === 'string'
}

/** `true` or `false`. */
export function isFlag(value: unknown): value is boolean {
  return typeof value === 'boolean'
}

/** A whole number from 0 on, such as a time or a count. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

/** A list of texts. */
export function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isText)
}

/** The check of a member that may be missing. */
export function optional(check: Check): Check {
  return (value) => value === undefined || check(value)
}

/** The check of an object: each member of `T` has one. Other members are those of a later program, and are kept. */
export function members<T>(checks: Readonly<Record<keyof T, Check>>): (value: unknown) => value is T {
  return (value): value is T => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
    return Object.entries<Check>(checks).every(([name, check]) => check((value as Record<string, unknown>)[name]))
  }
}
