import { vi } from 'vitest'

/** For tests on a real engine: a busy machine is no failure. */
export function bePatient(): void {
  vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
}
