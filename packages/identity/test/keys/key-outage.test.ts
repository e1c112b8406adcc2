import { describe, expect, it } from 'vitest'
import { defaultBounds } from '../../src/bounds.ts'
import { authenticate } from '../kit/identities.ts'
import { createKeyServer, first, hangUp, second } from '../kit/key-server.ts'
import { fresh, identityOf, outcome, unknown, unreachable } from '../kit/warm.ts'

const { keysFreshSecondsMax, keysStaleSecondsMax, keysCooldownSeconds, keysRetrySeconds } = defaultBounds

describe('an outage', () => {
  it('is UNAVAILABLE at a cold start, never a refusal, and does not cause a fetch at every request', async () => {
    await using server = await createKeyServer()
    server.answer(hangUp)
    const { identity, wait } = identityOf(server)
    for (let i = 0; i < 20; i += 1) expect(await outcome(identity, fresh())).toBe(unreachable)
    expect(server.requests()).toBe(1)
    server.publish(first.jwk)
    wait(keysRetrySeconds)
    expect(await outcome(identity, fresh())).toBe('accepted')
  })

  it('makes concurrent callers of a cold process share the next fetch', async () => {
    await using server = await createKeyServer()
    server.answer(hangUp)
    const { identity, wait } = identityOf(server)
    await outcome(identity, fresh())
    server.publish(first.jwk)
    wait(keysRetrySeconds)
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => outcome(identity, fresh())))
    expect(new Set(outcomes)).toEqual(new Set(['accepted']))
    expect(server.requests()).toBe(2)
  })

  it('lets a warm process use its keys for a limited time', async () => {
    await using server = await createKeyServer(first.jwk)
    const { identity, wait } = identityOf(server)
    const token = fresh()
    const principal = await authenticate(identity, token)
    server.answer(hangUp)
    wait(keysFreshSecondsMax)
    expect(await outcome(identity, fresh())).toBe('accepted')
    expect(await authenticate(identity, token)).toBe(principal)
    wait(keysStaleSecondsMax - 1)
    expect(await outcome(identity, fresh())).toBe('accepted')
    wait(1)
    expect(await outcome(identity, fresh())).toBe(unreachable)
    expect(await outcome(identity, token)).toBe(unreachable)
  })

  it('makes an unknown kid UNAVAILABLE, because the key may be new', async () => {
    await using server = await createKeyServer(first.jwk)
    const { identity, wait } = identityOf(server)
    await authenticate(identity, fresh())
    server.answer(hangUp)
    wait(keysCooldownSeconds)
    expect(await outcome(identity, fresh(second))).toBe(unreachable)
    expect(await outcome(identity, fresh(second))).toBe(unreachable)
    expect(await outcome(identity, fresh())).toBe('accepted')
    expect(server.requests()).toBe(2)
  })

  it('makes no caller wait for a fetch that will probably fail', async () => {
    await using server = await createKeyServer(first.jwk)
    const { identity, wait } = identityOf(server, { bounds: { keysFetchMillisMax: 60_000 } })
    await authenticate(identity, fresh())
    server.answer(hangUp)
    wait(keysFreshSecondsMax)
    await authenticate(identity, fresh())
    const arrived = Promise.withResolvers<void>()
    const held = Promise.withResolvers<void>()
    server.answer((response) => {
      arrived.resolve()
      held.promise.then(() => hangUp(response))
    })
    wait(keysRetrySeconds)
    expect(await outcome(identity, fresh())).toBe('accepted')
    await arrived.promise
    expect(await outcome(identity, fresh())).toBe('accepted')
    held.resolve()
    expect(server.requests()).toBe(3)
  })

  it('ends when the server is back', async () => {
    await using server = await createKeyServer(first.jwk)
    const { identity, wait } = identityOf(server)
    await authenticate(identity, fresh())
    server.answer(hangUp)
    wait(keysFreshSecondsMax)
    await authenticate(identity, fresh())
    server.publish(second.jwk)
    wait(keysRetrySeconds)
    expect(await outcome(identity, fresh(second))).toBe('accepted')
    expect(await outcome(identity, fresh())).toBe(unknown)
  })
})
