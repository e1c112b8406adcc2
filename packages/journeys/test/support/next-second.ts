/** Time in whole seconds, as tokens and revocations have it. */
import { expect, vi } from 'vitest'

/** Seconds since the epoch. */
export function seconds(): number {
  return Math.floor(Date.now() / 1000)
}

/** How long each door may take to refuse what was revoked, as options of a poll. */
export const withinTenSeconds = { timeout: 10_000, interval: 250 } as const

/**
 * Waits for the next second. Sign-ins in the second of a revocation are refused, and tokens of one second are equal.
 */
export async function nextSecond(): Promise<void> {
  const now = seconds()
  await vi.waitFor(() => expect(seconds()).toBeGreaterThan(now), { timeout: 3000, interval: 50 })
}
