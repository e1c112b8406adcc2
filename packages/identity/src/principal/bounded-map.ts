/** Maps of limited size. */

/** Sets an entry as the newest one of a map. Above `max` entries the oldest is dropped. */
export function rememberIn<Key, Value>(map: Map<Key, Value>, key: Key, value: Value, max: number): void {
  map.delete(key)
  const [oldest] = map.keys()
  if (map.size >= max && oldest !== undefined) map.delete(oldest)
  map.set(key, value)
}
