/** A set that nobody can change: one principal serves many requests. */
export const frozenSet = (values: Iterable<string>): ReadonlySet<string> =>
  Object.freeze(Object.defineProperties(new Set(values), { add: never, delete: never, clear: never }))

const never: PropertyDescriptor = {
  value: () => {
    throw new TypeError('This set is frozen.')
  },
}
