/** Codes of six digits, with a frozen clock. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Addressee, type Codes, codeLife, createCodes } from '../../src/pool/people/codes.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const [alice, bob] = ['alice', 'bob'].map((sub) => ({ sub, email: `${sub}@example.org`, createdAt: 1 })) as [
  Addressee,
  Addressee,
]

function issued(codes: Codes, person = alice): string {
  const code = codes.issue(person)
  return 'digits' in code ? code.digits : `wait ${code.waitSeconds}`
}

function redeem(codes: Codes, person: Addressee, digits: string): boolean {
  return codes.redeem(person, digits, () => true) ?? false
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
    expect(redeem(codes, bob, digits)).toBe(false)
    expect(redeem(codes, alice, digits)).toBe(true)
    expect(redeem(codes, alice, digits)).toBe(false)
  })

  it('is good to its last second, and not after it', () => {
    const codes = createCodes(purpose)
    const [first, second] = [issued(codes), issued(codes, bob)]
    pass(codeLife[purpose] - 1)
    expect(redeem(codes, alice, first)).toBe(true)
    pass(1)
    expect(redeem(codes, bob, second)).toBe(false)
  })

  it('is refused after five wrong ones, and after four it is not', () => {
    const codes = createCodes(purpose)
    const [first, second] = [issued(codes), issued(codes, bob)]
    for (let tries = 0; tries < 5; tries++) redeem(codes, alice, other(first))
    for (let tries = 0; tries < 4; tries++) redeem(codes, bob, other(second))
    expect([redeem(codes, alice, first), redeem(codes, bob, second)]).toEqual([false, true])
  })

  it.each([
    ['of another sign-up with the same name', { createdAt: 2 }],
    ['of another address', { email: 'victim@example.org' }],
    ['of no address', { email: undefined }],
  ])('is not one %s, which waits for none', (_name, change) => {
    const codes = createCodes(purpose)
    const digits = issued(codes)
    expect(redeem(codes, { ...alice, ...change }, digits)).toBe(false)
    expect([codes.has(alice), codes.has({ ...alice, ...change })]).toEqual([true, false])
    expect(issued(codes, { ...alice, ...change })).toMatch(/^\d{6}$/)
  })

  it('stays good when what it was used for fails', () => {
    const codes = createCodes(purpose)
    const digits = issued(codes)
    const fail = () => {
      throw new Error('no space left')
    }
    expect(() => codes.redeem(alice, digits, fail)).toThrow('no space left')
    expect(redeem(codes, alice, digits)).toBe(true)
  })

  it.each(['', 'x', '12345', '1234567', '１２３４５６'])('is not spent by %j, which is no code', (text) => {
    const codes = createCodes(purpose)
    const digits = issued(codes)
    for (let tries = 0; tries < 6; tries++) expect(redeem(codes, alice, text)).toBe(false)
    expect(redeem(codes, alice, digits)).toBe(true)
  })

  it('is replaced by the next one, a minute later at the earliest', () => {
    const codes = createCodes(purpose)
    const first = issued(codes)
    expect(issued(codes)).toBe('wait 60')
    pass(59)
    expect(issued(codes)).toBe('wait 1')
    pass(1)
    const next = issued(codes)
    expect(redeem(codes, alice, first)).toBe(first === next)
    if (first !== next) expect(redeem(codes, alice, next)).toBe(true)
  })
})
