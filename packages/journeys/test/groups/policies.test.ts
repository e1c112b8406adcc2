/** Policies of groups on a running cloud: when a change is in force, and what is closed meanwhile. */
import { groupPoliciesPartition } from '@fieldnotes/table/access-keys'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Instance, startWorld, type TokenOptions, type World } from '../revocation/instances.ts'
import { allowed, closed, reads, refused, type Scopes, setPolicy, writes } from './kit.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())

function member(person: string, ...groups: readonly string[]): Promise<string> {
  return world.tokenOf(person, { claims: { 'cognito:groups': groups } })
}

async function groups(name: string, scopes: Scopes | undefined, issuer = 'cognito'): Promise<void> {
  await setPolicy(world.access, `${issuer}:${name}`, scopes)
}

async function outcomes({ send }: Instance, token: string): Promise<readonly string[]> {
  return [await send(token, reads), await send(token, writes)]
}

/** An item that no command wrote. */
async function byHand(group: string): Promise<void> {
  await world.access.write({
    put: { pk: groupPoliciesPartition, sk: `cognito:${group}`, allow: 'everything' },
    when: [[['absent', 'sk']]],
  })
}

describe('a policy that is changed', () => {
  it('is in force in every instance within 30 seconds, also for remembered tokens, and so is its end', async () => {
    const instances = [await world.newInstance(), await world.newInstance()]
    const [staff, other] = [await member('alice', 'changing'), await member('bob')]
    const seen = () => Promise.all(instances.map((each) => outcomes(each, staff)))
    expect(await seen()).toEqual([
      [allowed, allowed],
      [allowed, allowed],
    ])
    await groups('changing', { allow: 'read write', deny: 'share' })
    for (const each of instances) each.wait(30)
    for (const [scopes, expected] of [
      [{ allow: 'read' }, [allowed, refused]],
      [{ allow: 'write' }, [refused, allowed]],
      [{ deny: 'read' }, [refused, refused]],
      [undefined, [allowed, allowed]],
    ] as const) {
      await groups('changing', scopes)
      for (const each of instances) each.wait(30)
      expect(await seen()).toEqual([expected, expected])
      for (const each of instances) expect(await outcomes(each, other)).toEqual([allowed, allowed])
    }
  })

  it('lets no person without a policy in meanwhile, where groups are governed', async () => {
    const instance = await world.newInstance('governed')
    const outsiders = [await member('bob'), await member('carol', 'unknown'), await member('dave', 'governed2')]
    const staff = await member('alice', 'governed')
    const seen: string[] = []
    const look = async () => {
      for (const outsider of outsiders) expect(await outcomes(instance, outsider)).toEqual([refused, refused])
      seen.push(await instance.send(staff, reads))
    }
    await look()
    for (const scopes of [{ allow: 'read' }, undefined]) {
      await groups('governed', scopes)
      for (let second = 0; second <= 30; second += 5) {
        await look()
        instance.wait(5)
      }
      await look()
    }
    // One change each time, and within the 30 seconds.
    expect(seen.filter((outcome, index) => outcome !== seen[index - 1])).toEqual([refused, allowed, refused])
    expect([seen[8], seen.at(-1)]).toEqual([allowed, refused])
  })
})

describe('groups', () => {
  it('are read by one query for a token with 100 of them, and a token with 101 is refused', async () => {
    const instance = await world.newInstance()
    const names = Array.from({ length: 101 }, (_, index) => `many${index}`)
    await groups('many99', { allow: 'read', deny: 'write' })
    expect(await outcomes(instance, await member('alice', ...names.slice(0, 100)))).toEqual([allowed, refused])
    // Revocations and policies: one query each, and none by any of the 100 names.
    expect(instance.line.commands().filter((command) => command !== 'PutItem')).toEqual(['Query', 'Query'])
    expect(await instance.send(await member('alice', ...names), reads)).toBe('401 UNAUTHENTICATED')
  })

  it('of which one denies what another allows leave nothing of it, in either order', async () => {
    await groups('allowing', { allow: 'read write' })
    await groups('denying', { deny: 'write' })
    const instance = await world.newInstance()
    for (const names of [
      ['allowing', 'denying'],
      ['denying', 'allowing'],
    ])
      expect(await outcomes(instance, await member('alice', ...names))).toEqual([allowed, refused])
    expect(await outcomes(instance, await member('bob', 'allowing'))).toEqual([allowed, allowed])
  })

  it('with a policy that can’t be read have no scopes until it is replaced; other groups are as they were', async () => {
    await byHand('broken')
    await groups('whole', { allow: 'read' })
    const instance = await world.newInstance()
    const [broken, both, whole] = [
      await member('alice', 'broken'),
      await member('bob', 'broken', 'whole'),
      await member('carol', 'whole'),
    ]
    for (const token of [broken, both]) expect(await outcomes(instance, token)).toEqual([refused, refused])
    expect(await outcomes(instance, whole)).toEqual([allowed, refused])
    await groups('broken', { allow: 'write' })
    instance.wait(30)
    expect(await outcomes(instance, both)).toEqual([allowed, allowed])
  })

  it('of that name at another issuer are others', async () => {
    await groups('namesake', { allow: 'read' })
    const instance = await world.newInstance()
    const firebase: TokenOptions = { issuer: 'firebase', claims: { groups: ['namesake'] } }
    expect(await outcomes(instance, await world.tokenOf('alice', firebase))).toEqual([allowed, allowed])
    await groups('namesake', { allow: 'write' }, 'firebase')
    instance.wait(30)
    expect(await outcomes(instance, await world.tokenOf('alice', firebase))).toEqual([refused, allowed])
    expect(await outcomes(instance, await member('alice', 'namesake'))).toEqual([allowed, refused])
  })

  it('in a token of our own issuer, in an ID claim or in a header change nothing', async () => {
    await groups('forged', { deny: 'read' })
    const instance = await world.newInstance()
    const claims = { groups: ['forged'], 'cognito:groups': ['forged'] }
    expect(await instance.send(await world.tokenOf('alice', { issuer: 'fieldnotes', claims }), reads)).toBe(allowed)
    expect(await instance.send(await world.tokenOf('alice', { claims: { groups: ['forged'] } }), reads)).toBe(allowed)
    expect(await instance.send(await member('alice', 'forged'), reads)).toBe(refused)
  })
})

describe('while the table does not answer', () => {
  it('a person of a group gets 503, is never refused and never let in, and is judged as before afterwards', async () => {
    await groups('outage', { allow: 'read' })
    const instance = await world.newInstance()
    const token = await member('alice', 'outage')
    expect(await outcomes(instance, token)).toEqual([allowed, refused])
    for (const line of ['cut', 'silent'] as const) {
      instance.line.set(line)
      instance.wait(30)
      expect(await outcomes(instance, token)).toEqual([closed, closed])
      expect(await instance.call()).toBe(allowed)
    }
    instance.line.set('open')
    // A read that began before may still be without an answer for a moment.
    await vi.waitFor(async () => {
      instance.wait(30)
      expect(await outcomes(instance, token)).toEqual([allowed, refused])
    })
  })
})
