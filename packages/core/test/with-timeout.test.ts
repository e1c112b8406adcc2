import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { withTimeout } from '../src/with-timeout.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function never(): Promise<never> {
  return new Promise(() => undefined)
}

describe('withTimeout', () => {
  it('returns the result, aborts nothing and leaves no timer behind', async () => {
    let signal: AbortSignal | undefined
    const result = await withTimeout(100, async (given) => {
      signal = given
      return 'done'
    })
    expect(result).toBe('done')
    expect(vi.getTimerCount()).toBe(0)
    expect(signal?.aborted).toBe(false)
  })

  it('passes on the error of the act, asynchronous or not, and leaves no timer behind', async () => {
    await expect(withTimeout(100, () => Promise.reject(new TypeError('broken')))).rejects.toThrow(TypeError)
    const thrown = withTimeout(100, () => {
      throw new TypeError('broken')
    })
    await expect(thrown).rejects.toThrow(TypeError)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('rejects and aborts the signal when the time is over, not before', async () => {
    let signal: AbortSignal | undefined
    const attempt = withTimeout(100, (given) => {
      signal = given
      return never()
    })
    const outcome = expect(attempt).rejects.toThrow('not done after 100 ms')
    await vi.advanceTimersByTimeAsync(99)
    expect(signal?.aborted).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    await outcome
    expect(signal?.aborted).toBe(true)
  })

  it('rejects with the error that the caller chose, even when the act rejects because of the signal', async () => {
    const attempt = withTimeout(
      100,
      (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      () => new RangeError('late'),
    )
    const outcome = expect(attempt).rejects.toThrow(new RangeError('late'))
    await vi.advanceTimersByTimeAsync(100)
    await outcome
  })
})
