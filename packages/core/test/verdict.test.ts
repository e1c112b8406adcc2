import { describe, expect, it } from 'vitest'
import { agreementOf, hasOpaqueToken, parseVerdict, passingReasons, type Verdict } from '../src/verdict.ts'

const anonymous: Verdict = { verdict: 'anonymous' }
const form: Verdict = { verdict: 'form' }
const unavailable: Verdict = { verdict: 'unavailable' }
const failed: Verdict = { verdict: 'failed' }
const alice: Verdict = { verdict: 'ok', id: 'alice' }
const bob: Verdict = { verdict: 'ok', id: 'bob' }
const forged: Verdict = { verdict: 'refused', code: 'signature_invalid' }
const expired: Verdict = { verdict: 'refused', code: 'expired' }

describe('agreementOf', () => {
  it.each([
    [anonymous, anonymous, 'same'],
    [form, form, 'same'],
    [alice, alice, 'same'],
    [forged, expired, 'same'],
    [unavailable, unavailable, 'same'],
    [expired, alice, 'passing'],
    [unavailable, alice, 'passing'],
    [unavailable, forged, 'passing'],
    [unavailable, anonymous, 'passing'],
    [failed, alice, 'passing'],
    [failed, forged, 'passing'],
    [failed, anonymous, 'passing'],
    [alice, bob, 'differs'],
    [alice, forged, 'differs'],
    [alice, anonymous, 'differs'],
    [alice, form, 'differs'],
    [anonymous, forged, 'differs'],
    [anonymous, expired, 'differs'],
    [form, forged, 'differs'],
    [form, anonymous, 'differs'],
  ] as const)('of %j and %j is %s, in either order', (one, other, agreement) => {
    expect([agreementOf(one, other), agreementOf(other, one)]).toEqual([agreement, agreement])
  })

  it.each([anonymous, form, alice, forged, unavailable, failed])('is missing without a verdict beside %j', (own) => {
    expect(agreementOf(undefined, own)).toBe('missing')
  })

  it.each(['auth_time_invalid', 'exp_invalid', 'audience_wrong', 'signature_invalid', 'account_disabled'])(
    'of a valid token and one that is refused as %s differs, which is an alarm',
    (code) => {
      expect(agreementOf({ verdict: 'refused', code }, alice)).toBe('differs')
    },
  )

  it('passes for time, keys, used proofs and revocation alone', () => {
    expect(passingReasons).toEqual([
      'expired',
      'issued_ahead',
      'key_unknown',
      'not_yet_valid',
      'proof_ahead',
      'proof_stale',
      'proof_used',
      'revoked',
      'signed_in_ahead',
    ])
  })

  it.each(passingReasons)('of a valid token and one that is refused as %s is passing', (code) => {
    expect(agreementOf({ verdict: 'refused', code }, alice)).toBe('passing')
  })
})

describe('parseVerdict', () => {
  it.each([anonymous, form, unavailable, failed, alice, forged])('returns %j as it is', (verdict) => {
    expect(parseVerdict({ ...verdict })).toEqual(verdict)
  })

  it.each([
    undefined,
    null,
    'ok',
    [],
    {},
    { verdict: 'ok' },
    { verdict: 'ok', id: '' },
    { verdict: 'ok', id: 7 },
    { verdict: 'refused' },
    { verdict: 'refused', code: '' },
    { verdict: 'OK', id: 'alice' },
    { verdict: 'allowed' },
    { verdict: ['ok'], id: 'alice' },
    { id: 'alice' },
    { jwt: { claims: { sub: 'alice' } } },
  ])('returns undefined for %j', (context) => {
    expect(parseVerdict(context)).toBeUndefined()
  })
})

describe('hasOpaqueToken', () => {
  const token = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJ-_01234'

  it.each(['Bearer ', 'bearer  ', 'DPoP ', 'dpop  '])('is true of 43 base64url characters after %j', (scheme) => {
    expect(hasOpaqueToken(scheme + token)).toBe(true)
  })

  it.each([
    undefined,
    '',
    token,
    `Bearer ${token}x`,
    `Bearer ${token.slice(1)}`,
    `Bearer ${token.slice(1)}.`,
    `Basic ${token}`,
    `Bearer ${token},Bearer ${token}`,
    `Bearer ${token}\n`,
  ])('is false of %j', (authorization) => {
    expect(hasOpaqueToken(authorization)).toBe(false)
  })
})
