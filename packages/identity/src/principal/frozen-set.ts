/** A set that nobody can change: one principal serves many requests. */
export function frozenSet(values: Iterable<string>): ReadonlySet<string> {
  return Object.freeze(Object.defineProperties(new Set(values), { add: never, delete: never, clear: never }))
}

const never: PropertyDescriptor = {
  value: () => {
    throw new TypeError('This set is frozen.')
  },
}
