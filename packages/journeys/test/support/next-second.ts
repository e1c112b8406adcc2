/** Time in whole seconds, as tokens and revocations have it. */
import { expect, vi } from 'vitest'

/** Seconds since the epoch. */
export function seconds(): number {
  return Math.floor(Date.now() / 1000)
}

/** Waits for the next second: sign-ins in the second of a revocation are refused. */
export async function nextSecond(): Promise<void> {
  const now = seconds()
  await vi.waitFor(() => expect(seconds()).toBeGreaterThan(now), { timeout: 3000, interval: 50 })
}
