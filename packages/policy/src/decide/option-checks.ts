/** Checks of options before anything starts. JavaScript has no types, and a wrong option would switch a limit off. */
import { PolicyError } from './check-table.ts'

/** Returns one sentence for each fault of the value at `path`, such as `createEngine.plansMax`. */
export type OptionCheck = (path: string, value: unknown) => readonly string[]

/** The options of a function, each with its check. */
export type OptionChecks = Readonly<Record<string, OptionCheck>>

function checkOf(fits: (value: unknown) => boolean, form: string): OptionCheck {
  return (path, value) => {
    if (value === undefined) return [`${path} is missing: pass ${form}.`]
    return fits(value) ? [] : [`${path} is not ${form}.`]
  }
}

/** A limit: a number from 0 on, also `Infinity`. */
export const isLimit: OptionCheck = checkOf((value) => typeof value === 'number' && value >= 0, 'a number from 0 on')

/** A text. */
export const isText: OptionCheck = checkOf((value) => typeof value === 'string', 'a text')

/** A function. */
export const isFunction: OptionCheck = checkOf((value) => typeof value === 'function', 'a function')

/** A list of texts. */
export const isTextList: OptionCheck = checkOf(
  (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  'a list of texts',
)

/** One of some words. */
export function isOneOf(words: readonly string[]): OptionCheck {
  return checkOf((value) => words.includes(value as string), words.map((word) => `'${word}'`).join(' or '))
}

/** The same check for an option that may be absent. */
export function optional(check: OptionCheck): OptionCheck {
  return (path, value) => (value === undefined ? [] : check(path, value))
}

const isObject = checkOf((value) => typeof value === 'object' && value !== null, 'an object')

/** An object whose members all have one check. */
export function isRecordOf(check: OptionCheck): OptionCheck {
  return (path, value) => {
    const faults = isObject(path, value)
    if (faults.length > 0) return faults
    return Object.entries(value as object).flatMap(([name, member]) => check(`${path}['${name}']`, member))
  }
}

/** An object with these members and no other. */
export function hasMembers(checks: OptionChecks): OptionCheck {
  const names = Object.keys(checks).join(', ')
  return (path, value) => {
    const faults = isObject(path, value)
    if (faults.length > 0) return faults
    const members = value as Readonly<Record<string, unknown>>
    const unknown = Object.keys(members).filter((name) => !Object.hasOwn(checks, name))
    return [
      ...unknown.map((name) => `${path}.${name} is not an option. The options are ${names}.`),
      ...Object.entries(checks).flatMap(([name, check]) => check(`${path}.${name}`, members[name])),
    ]
  }
}

/** @throws PolicyError that lists every fault */
export function assertOption(path: string, value: unknown, check: OptionCheck): void {
  const faults = check(path, value)
  if (faults.length > 0) throw new PolicyError(faults)
}
