/** Rules with a parameter, such as a scope. */
import type { Rule } from './rule-object.ts'

/**
 * Makes one rule for each parameter, and returns the same rule for the same parameter: two rules of one name do not
 * start.
 * @param make builds the rule of a parameter that was not used before
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
