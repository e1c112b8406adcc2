/** Rules with a parameter, such as a scope. */
import type { Rule } from './rule-object.ts'

/**
 * Makes one rule for each parameter, and returns the same rule for the same parameter: two rules of one name do not
 * start.
 * @param make builds the rule of a parameter that was not used before
 * @example
 * ```ts
 * import { caller, family } from '@fieldnotes/policy/rules'
 *
 * const from = family((issuer: string) =>
 *   caller(`issuer ${issuer}`, (principal) => principal.kind !== 'anonymous' && principal.issuer === issuer),
 * )
 * const table = { Query: { report: from('cognito') } }
 * ```
 */
export function family<Parameter extends string, Made extends Rule>(
  make: (parameter: Parameter) => Made,
): (parameter: Parameter) => Made {
  const made = new Map<Parameter, Made>()
  return (parameter) => {
    const known = made.get(parameter) ?? make(parameter)
    made.set(parameter, known)
    return known
  }
}
