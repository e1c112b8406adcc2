/** What a revocation reaches at the first lock, which judges alone: no endpoint answers here. */
import { describe, expect, it } from 'vitest'
import { startRevoking } from './revoking.ts'

const { revoke, world } = startRevoking()

describe('the authorizer', () => {
  it('refuses a revoked person within 10 seconds, for as long as a token lives, and no other person', async () => {
    const instance = await world().newInstance()
    const [alice, bob] = [await world().tokenOf('alice'), await world().tokenOf('bob')]
    expect([await instance.verdict(alice), await instance.verdict(bob)]).toEqual(['ok', 'ok'])
    await revoke('person', 'alice')
    for (const seconds of [10, 120, 1800, 1600]) {
      instance.wait(seconds)
      expect([await instance.verdict(alice), await instance.verdict(bob)]).toEqual(['refused revoked', 'ok'])
    }
  })

  it('is as strict as the endpoint, which refuses alone too', async () => {
    const [one, other] = [await world().newInstance(), await world().newInstance()]
    const carol = await world().tokenOf('carol')
    expect([await one.verdict(carol), await other.call(carol)]).toEqual(['ok', '200'])
    await revoke('person', 'carol')
    for (const each of [one, other]) each.wait(10)
    expect([await one.verdict(carol), await other.call(carol)]).toEqual(['refused revoked', '401 UNAUTHENTICATED'])
  })

  it('can not judge while the table does not answer, but for a request without a token', async () => {
    const instance = await world().newInstance()
    const dave = await world().tokenOf('dave')
    for (const line of ['cut', 'silent'] as const) {
      instance.line.set(line)
      instance.wait(10)
      expect([await instance.verdict(dave), await instance.verdict()]).toEqual(['unavailable', 'anonymous'])
    }
    instance.line.set('open')
    instance.wait(10)
    expect(await instance.verdict(dave)).toBe('ok')
  })
})
