import { vi } from 'vitest'

/** Long time-outs for tests on a real engine, which is slow on a busy machine. */
export function bePatient(): void {
  vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
}
