/** Runs acts on one thing one after another. */

/**
 * Returns a function that runs `act` when every earlier act with the same key has ended, whether or not it succeeded.
 * Acts with different keys do not wait for each other.
 */
export function createOneByOne(): <T>(key: string, act: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>()
  return (key, act) => {
    const before = last.get(key)
    const run = before ? before.then(act, act) : act()
    last.set(key, run)
    const forget = () => {
      if (last.get(key) === run) last.delete(key)
    }
    run.then(forget, forget)
    return run
  }
}
