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
  let last: Key | undefined
  const put = (key: Key, value: Value): Value => {
    kept.delete(key)
    kept.set(key, value)
    last = key
    return value
  }
  /** Puts it at the end, where what is used again and again stands already. */
  const use = (key: Key, value: Value): Value => (key === last ? value : put(key, value))
  const forgetOldest = (): void => {
    for (const oldest of kept.keys()) {
      if (kept.size <= max) return
      kept.delete(oldest)
    }
  }
  return {
    get: (key, make) => {
      const known = kept.get(key)
      if (known !== undefined) return use(key, known)
      const made = put(key, make())
      forgetOldest()
      return made
    },
    peek: (key) => {
      const value = kept.get(key)
      return value === undefined ? undefined : use(key, value)
    },
    delete: (key) => kept.delete(key),
    size: () => kept.size,
    values: () => [...kept.values()],
  }
}
