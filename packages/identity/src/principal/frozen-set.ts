/** A set that can't be changed: one principal is shared by many requests. */

/** Copies values into a set whose `add`, `delete` and `clear` throw a TypeError. */
export function frozenSet(values: Iterable<string>): ReadonlySet<string> {
  return Object.freeze(Object.defineProperties(new Set(values), { add: never, delete: never, clear: never }))
}

const never: PropertyDescriptor = {
  value: () => {
    throw new TypeError('This set is frozen.')
  },
}
