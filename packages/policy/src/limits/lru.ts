/** A cache that drops the least recently used values. The number of values and their total weight are bounded. */
export interface Lru<Key, Value> {
  /** The value at `key`; without one, the value that `make` returns, which is stored. */
  readonly get: (key: Key, make: () => Value) => Value
  /** The value at `key`, which becomes the most recently used. */
  readonly peek: (key: Key) => Value | undefined
  readonly delete: (key: Key) => boolean
  readonly size: () => number
  readonly values: () => readonly Value[]
}

/** The weight of values whose size callers choose. */
export interface Weights<Value> {
  readonly weightOf: (value: Value) => number
  /** The largest total weight. A heavier value is returned and not stored. */
  readonly weightMax: number
}

const weightless = { weightOf: () => 0, weightMax: 0 }

/** @param max the largest number of values */
export function createLru<Key, Value>(
  max: number,
  { weightOf, weightMax }: Weights<Value> = weightless,
): Lru<Key, Value> {
  const kept = new Map<Key, Value>()
  let weight = 0
  let last: Key | undefined
  const forget = (key: Key): boolean => {
    const value = kept.get(key)
    if (value !== undefined) weight -= weightOf(value)
    return kept.delete(key)
  }
  const put = (key: Key, value: Value): Value => {
    forget(key)
    kept.set(key, value)
    weight += weightOf(value)
    last = key
    return value
  }
  /** Moves the value to the end. The most recently used value is there already. */
  const use = (key: Key, value: Value): Value => (key === last ? value : put(key, value))
  const forgetOldest = (): void => {
    for (const oldest of kept.keys()) {
      if (kept.size <= max && weight <= weightMax) return
      forget(oldest)
    }
  }
  return {
    get: (key, make) => {
      const known = kept.get(key)
      if (known !== undefined) return use(key, known)
      const made = make()
      if (weightOf(made) > weightMax) return made
      put(key, made)
      forgetOldest()
      return made
    },
    peek: (key) => {
      const value = kept.get(key)
      return value === undefined ? undefined : use(key, value)
    },
    delete: forget,
    size: () => kept.size,
    values: () => [...kept.values()],
  }
}
