/** A cache that forgets what was used longest ago. */
export interface Lru<Key, Value> {
  /** What is kept at `key`, or else what `make` returns, kept from now on. */
  readonly get: (key: Key, make: () => Value) => Value
  /** What is kept at `key`, which is used by that. */
  readonly peek: (key: Key) => Value | undefined
  readonly delete: (key: Key) => boolean
  readonly size: () => number
  readonly values: () => readonly Value[]
}

/** @param max how many values are kept at once */
export const createLru = <Key, Value>(max: number): Lru<Key, Value> => {
  const kept = new Map<Key, Value>()
  return {
    get: (key, make) => {
      const value = kept.get(key) ?? make()
      kept.delete(key)
      kept.set(key, value)
      for (const oldest of kept.keys()) {
        if (kept.size <= max) break
        kept.delete(oldest)
      }
      return value
    },
    peek: (key) => {
      const value = kept.get(key)
      if (value !== undefined) kept.delete(key)
      if (value !== undefined) kept.set(key, value)
      return value
    },
    delete: (key) => kept.delete(key),
    size: () => kept.size,
    values: () => [...kept.values()],
  }
}
