import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { keyOf, newCookieSecret, parseCookieSecret } from '../../src/crypto/cookie-secret.ts'

describe('a cookie secret', () => {
  it('has 256 bits, and is never the same', () => {
    const secrets = Array.from({ length: 200 }, newCookieSecret)
    expect(new Set(secrets).size).toBe(200)
    for (const secret of secrets) expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
  })

  it('is parsed from its own text', () => {
    const secret = newCookieSecret()
    expect(parseCookieSecret(secret)).toBe(secret)
  })

  it.each([
    undefined,
    '',
    'x'.repeat(42),
    'x'.repeat(44),
    `${'x'.repeat(42)}=`,
    `${'x'.repeat(42)}+`,
    `${'x'.repeat(43)}\n`,
  ])('is not parsed from %j', (text) => {
    expect(parseCookieSecret(text)).toBeUndefined()
  })

  it('has a key for each purpose, which is not the digest in the table', () => {
    const secret = newCookieSecret()
    const digest = createHash('sha256').update(secret).digest('hex')
    const hex = (purpose: 'access token' | 'sign-in') => Buffer.from(keyOf(secret, purpose)).toString('hex')
    expect(new Set([hex('access token'), hex('sign-in'), digest]).size).toBe(3)
    expect(keyOf(secret, 'access token')).toEqual(keyOf(secret, 'access token'))
    expect(keyOf(newCookieSecret(), 'access token')).not.toEqual(keyOf(secret, 'access token'))
  })
})
