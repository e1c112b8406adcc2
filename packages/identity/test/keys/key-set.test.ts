import { describe, expect, it } from 'vitest'
import { defaultBounds } from '../../src/bounds.ts'
import { authenticate } from '../kit/identities.ts'
import { createKeyServer, first, second, tokenBy } from '../kit/key-server.ts'
import { ecPair } from '../kit/keys.ts'
import { now } from '../kit/rows.ts'
import { fresh, identityOf, outcome, unknown, unreachable } from '../kit/warm.ts'

const { keysFreshSecondsMax, keysCooldownSeconds, keysRetrySeconds } = defaultBounds

describe('a key set', () => {
  it('is fetched once for a hundred concurrent requests', async () => {
    await using server = await createKeyServer(first.jwk)
    const { identity } = identityOf(server)
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => outcome(identity, fresh())))
    expect(new Set(outcomes)).toEqual(new Set(['accepted']))
    expect(server.requests()).toBe(1)
  })

  it('gives one principal to concurrent requests with one token', async () => {
    await using server = await createKeyServer(first.jwk)
    const { identity } = identityOf(server)
    const token = fresh()
    expect(new Set(await Promise.all(Array.from({ length: 100 }, () => authenticate(identity, token)))).size).toBe(1)
  })

  it('is not fetched at creation, nor again while it is fresh', async () => {
    await using server = await createKeyServer(first.jwk)
    const { identity, wait } = identityOf(server)
    expect(server.requests()).toBe(0)
    await authenticate(identity, fresh())
    wait(keysFreshSecondsMax - 1)
    await authenticate(identity, fresh())
    expect(server.requests()).toBe(1)
    wait(1)
    await authenticate(identity, fresh())
    expect(server.requests()).toBe(2)
  })

  it('is fetched again when the clock was set back', async () => {
    await using server = await createKeyServer(first.jwk)
    const { identity, wait } = identityOf(server)
    await authenticate(identity, fresh())
    server.publish(second.jwk)
    wait(-keysFreshSecondsMax)
    expect(await outcome(identity, tokenBy(first, { iat: now - 600 }))).toBe(unknown)
    expect(server.requests()).toBe(2)
  })

  it('is not fetched for an unknown issuer, a malformed token or a forbidden header', async () => {
    await using server = await createKeyServer(first.jwk)
    const { identity } = identityOf(server)
    for (const token of [
      'x',
      tokenBy(first, { iss: 'https://attacker.example' }),
      tokenBy(first, { exp: undefined }),
    ]) {
      expect(await outcome(identity, token)).toMatch(/^UNAUTHENTICATED/)
    }
    expect(server.requests()).toBe(0)
  })
})

describe('rotation', () => {
  it('finds a new key after the cooldown, while the old one stays valid', async () => {
    await using server = await createKeyServer(first.jwk)
    const { identity, wait } = identityOf(server)
    await authenticate(identity, fresh())
    server.publish(first.jwk, second.jwk)
    expect(await outcome(identity, fresh(second))).toBe(unknown)
    wait(keysCooldownSeconds)
    expect(await outcome(identity, fresh(second))).toBe('accepted')
    expect(await outcome(identity, fresh())).toBe('accepted')
    expect(server.requests()).toBe(2)
  })

  it('honours the removal of a key within the time to live, also for tokens verified before', async () => {
    await using server = await createKeyServer(first.jwk)
    const { identity, wait } = identityOf(server)
    const token = fresh()
    await authenticate(identity, token)
    server.publish(second.jwk)
    wait(keysFreshSecondsMax)
    expect(await outcome(identity, token)).toBe(unknown)
    expect(await outcome(identity, fresh())).toBe(unknown)
  })

  it('honours a removal as soon as another fetch shows it', async () => {
    await using server = await createKeyServer(first.jwk)
    const { identity, wait } = identityOf(server)
    const token = fresh()
    await authenticate(identity, token)
    server.publish(second.jwk)
    wait(keysCooldownSeconds)
    await authenticate(identity, fresh(second))
    expect(await outcome(identity, token)).toBe(unknown)
  })

  const unusable = { kty: 'oct', kid: first.kid, k: 'c2VjcmV0' }
  const forEncryption = { ...ecPair('for encryption').jwk, use: 'enc' }
  const empty = [
    ['is empty', []],
    ['has no usable key', [unusable]],
    ['has a key for encryption alone', [forEncryption]],
  ] as const

  it.each(empty)('refuses no caller because of a key set that %s for a moment', async (_, published) => {
    await using server = await createKeyServer(first.jwk)
    const { identity, wait } = identityOf(server)
    const token = fresh()
    const principal = await authenticate(identity, token)
    server.publish(...published)
    wait(keysFreshSecondsMax)
    expect(await outcome(identity, fresh())).toBe('accepted')
    expect(await authenticate(identity, token)).toBe(principal)
    wait(keysFreshSecondsMax - 1)
    expect(await outcome(identity, fresh())).toBe('accepted')
    server.publish(first.jwk)
    wait(keysRetrySeconds)
    expect(await outcome(identity, fresh())).toBe('accepted')
  })

  it.each(empty)('honours a key set that %s for as long as a set is fresh', async (_, published) => {
    await using server = await createKeyServer(first.jwk)
    const { identity, wait } = identityOf(server)
    const token = fresh()
    await authenticate(identity, token)
    server.publish(...published)
    wait(keysFreshSecondsMax)
    expect(await outcome(identity, token)).toBe('accepted')
    wait(keysFreshSecondsMax)
    expect(await outcome(identity, token)).toBe(unknown)
    expect(await outcome(identity, fresh())).toBe(unknown)
  })

  it('honours at once a key set of which no key was ever usable: a wrong setting is no outage', async () => {
    await using server = await createKeyServer(unusable)
    const { identity } = identityOf(server)
    expect(await outcome(identity, fresh())).toBe(unknown)
  })

  it('measures the time of an empty key set anew after a set with keys', async () => {
    await using server = await createKeyServer(first.jwk)
    const { identity, wait } = identityOf(server)
    await authenticate(identity, fresh())
    for (const _time of [1, 2, 3]) {
      server.publish()
      wait(keysFreshSecondsMax)
      expect(await outcome(identity, fresh())).toBe('accepted')
      server.publish(first.jwk)
      wait(keysRetrySeconds)
      expect(await outcome(identity, fresh(second))).toBe(unknown)
    }
  })

  it('makes a kid that may be new UNAVAILABLE while the key set is empty', async () => {
    await using server = await createKeyServer()
    const { identity, wait } = identityOf(server)
    expect(await outcome(identity, fresh())).toBe(unreachable)
    server.publish(first.jwk)
    wait(keysRetrySeconds)
    expect(await outcome(identity, fresh())).toBe('accepted')
  })

  it('refuses the old key, and tokens verified by it, when its kid gets new material', async () => {
    await using server = await createKeyServer(first.jwk)
    const { identity, wait } = identityOf(server)
    const token = fresh()
    await authenticate(identity, token)
    const renewed = ecPair(first.kid)
    server.publish(renewed.jwk)
    wait(keysFreshSecondsMax)
    expect(await outcome(identity, token)).toBe('UNAUTHENTICATED signature_invalid')
    expect(await outcome(identity, fresh(renewed))).toBe('accepted')
  })

  it('keeps the principal of a token while the key stays', async () => {
    await using server = await createKeyServer(first.jwk)
    const { identity, wait } = identityOf(server)
    const token = fresh()
    const principal = await authenticate(identity, token)
    wait(keysFreshSecondsMax)
    expect(await authenticate(identity, token)).toBe(principal)
    expect(server.requests()).toBe(2)
  })
})

describe('a flood of unknown kids', () => {
  it('makes at most one fetch per cooldown and leaves good tokens alone', async () => {
    await using server = await createKeyServer(first.jwk)
    const { identity, wait } = identityOf(server)
    await authenticate(identity, fresh())
    wait(keysCooldownSeconds)
    const flood = Array.from({ length: 200 }, (_, i) => outcome(identity, fresh({ ...second, kid: `unknown-${i}` })))
    expect(await outcome(identity, fresh())).toBe('accepted')
    expect(new Set(await Promise.all(flood))).toEqual(new Set([unknown]))
    for (let i = 0; i < 50; i += 1) await outcome(identity, fresh({ ...second, kid: `later-${i}` }))
    expect(server.requests()).toBe(2)
    wait(keysCooldownSeconds)
    expect(await outcome(identity, fresh(second))).toBe(unknown)
    expect(server.requests()).toBe(3)
  })

  it('makes a new key wait until the cooldown is over, and no longer', async () => {
    await using server = await createKeyServer(first.jwk)
    const { identity, wait } = identityOf(server)
    await authenticate(identity, fresh())
    wait(keysCooldownSeconds)
    expect(await outcome(identity, fresh({ ...second, kid: 'unknown' }))).toBe(unknown)
    server.publish(first.jwk, second.jwk)
    for (let passed = 1; passed < keysCooldownSeconds; passed += 1) {
      wait(1)
      expect(await outcome(identity, fresh({ ...second, kid: `unknown-${passed}` }))).toBe(unknown)
      expect(await outcome(identity, fresh(second))).toBe(unknown)
    }
    wait(1)
    expect(await outcome(identity, fresh(second))).toBe('accepted')
  })
})
