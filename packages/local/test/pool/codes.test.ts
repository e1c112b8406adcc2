/** Codes of six digits, with a frozen clock. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { codeLife, createCodes } from '../../src/pool/people/codes.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

function issued(codes: ReturnType<typeof createCodes>, sub = 'alice'): string {
  const code = codes.issue(sub)
  return 'digits' in code ? code.digits : `wait ${code.waitSeconds}`
}

function other(digits: string): string {
  return digits === '000000' ? '111111' : '000000'
}

function pass(seconds: number): void {
  vi.setSystemTime(Date.now() + seconds * 1000)
}

describe.each(['confirm', 'reset'] as const)('a code to %s', (purpose) => {
  it('is redeemed once, by its person', () => {
    const codes = createCodes(purpose)
    const digits = issued(codes)
    expect(codes.redeem('bob', digits)).toBe(false)
    expect(codes.redeem('alice', digits)).toBe(true)
    expect(codes.redeem('alice', digits)).toBe(false)
  })

  it('is good to its last second, and not after it', () => {
    const codes = createCodes(purpose)
    const [alice, bob] = [issued(codes), issued(codes, 'bob')]
    pass(codeLife[purpose] - 1)
    expect(codes.redeem('alice', alice)).toBe(true)
    pass(1)
    expect(codes.redeem('bob', bob)).toBe(false)
  })

  it('is refused after five wrong ones, and after four it is not', () => {
    const codes = createCodes(purpose)
    const [alice, bob] = [issued(codes), issued(codes, 'bob')]
    for (let tries = 0; tries < 5; tries++) codes.redeem('alice', other(alice))
    for (let tries = 0; tries < 4; tries++) codes.redeem('bob', other(bob))
    expect([codes.redeem('alice', alice), codes.redeem('bob', bob)]).toEqual([false, true])
  })

  it('is replaced by the next one, a minute later at the earliest', () => {
    const codes = createCodes(purpose)
    const first = issued(codes)
    expect(issued(codes)).toBe('wait 60')
    pass(59)
    expect(issued(codes)).toBe('wait 1')
    pass(1)
    const next = issued(codes)
    expect(codes.redeem('alice', first)).toBe(first === next)
    if (first !== next) expect(codes.redeem('alice', next)).toBe(true)
  })
})
