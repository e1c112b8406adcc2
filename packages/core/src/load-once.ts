/** Loads something at its first use. */

/**
 * Returns a function that calls `load` once and returns its result. Concurrent first calls share one load. A load that
 * fails is repeated at the next call. Node.js keeps a module whose evaluation failed, so such a failure lasts until the
 * process is started again.
 * @example
 * ```ts
 * import { loadOnce } from '@fieldnotes/core/load-once'
 *
 * const keys = loadOnce(async () => (await fetch('https://auth.example.com/jwks')).json())
 * ```
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
