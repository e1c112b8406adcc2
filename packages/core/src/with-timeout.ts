/** Runs an asynchronous act for a limited time. */

/**
 * Returns the result of `act`, or rejects when `millisMax` milliseconds have passed. Then `act`'s signal is aborted
 * too: an act that ignores its signal goes on, and its result is dropped.
 * @throws `late()`, by default an Error, when the time is over
 * @example
 * ```ts
 * import { AppError } from '@fieldnotes/core/error'
 * import { withTimeout } from '@fieldnotes/core/with-timeout'
 *
 * const late = () => new AppError('UNAVAILABLE', 'no answer of the key server')
 * const response = await withTimeout(3000, (signal) => fetch('https://auth.example.com/jwks', { signal }), late)
 * ```
 */
export async function withTimeout<T>(
  millisMax: number,
  act: (signal: AbortSignal) => Promise<T>,
  late: () => Error = () => new Error(`not done after ${millisMax} ms`),
): Promise<T> {
  const controller = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(late())
      controller.abort()
    }, millisMax)
  })
  try {
    return await Promise.race([act(controller.signal), over])
  } finally {
    clearTimeout(timer)
  }
}
