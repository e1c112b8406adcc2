/** A cache that forgets what was used longest ago, bounded by the number of its values and by their weight. */
export interface Lru<Key, Value> {
  /** What is kept at `key`, or else what `make` returns, kept from now on. */
  readonly get: (key: Key, make: () => Value) => Value
  /** What is kept at `key`, which is used by that. */
  readonly peek: (key: Key) => Value | undefined
  readonly delete: (key: Key) => boolean
  readonly size: () => number
  readonly values: () => readonly Value[]
}

/** For values that callers can make as large as they like. */
export interface Weights<Value> {
  readonly weightOf: (value: Value) => number
  /** The weight of all that is kept at once. A heavier value is returned and not kept. */
  readonly weightMax: number
}

const weightless = { weightOf: () => 0, weightMax: 0 }

/** @param max how many values are kept at once */
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
  /** Puts it at the end, where what is used again and again is already. */
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
