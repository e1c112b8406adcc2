/** Loads something at its first use. */

/**
 * Returns a function that calls `load` once and returns its result. Concurrent first calls share one load. A load that
 * fails is repeated at the next call.
 */
export function loadOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined
  return () => {
    loaded ??= load().catch((error: unknown) => {
      loaded = undefined
      throw error
    })
    return loaded
  }
}
