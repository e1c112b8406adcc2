import { describe, expect, it } from 'vitest'
import { receivedAt } from '../src/received-at.ts'

const now = 1_800_000_000_000

describe('the instant of a request', () => {
  it('is that of the gateway, which all instances share, whatever their own clocks say', () => {
    for (const ahead of [-5000, 0, 5000]) expect(receivedAt({ timeEpoch: now }, () => now + ahead)).toBe(now)
  })

  it.each([undefined, 0, Number.NaN, now - 61_000, now + 61_000, now + 0.5])(
    'is our own without one: %s',
    (timeEpoch) => {
      expect(receivedAt({ ...(timeEpoch !== undefined && { timeEpoch }) }, () => now)).toBe(now)
    },
  )
})
