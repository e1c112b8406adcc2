/** The list of revocations that an instance reads: out of reach, not usable, and what it costs. */
import { describe, expect, it } from 'vitest'
import { seconds } from '../support/next-second.ts'
import { accepted, closed, newPerson, outcomes, refused, startRevoking } from './revoking.ts'

const { revoke, warmInstances, world } = startRevoking()

describe('with the table Access out of reach', () => {
  it.each(['cut', 'silent'] as const)(
    'every request with a token is 503, anonymous goes on, and nothing is lost (%s)',
    async (line) => {
      const person = newPerson()
      const [token, twin] = [await world().tokenOf(person), await world().tokenOf(newPerson())]
      const instances = await warmInstances(token, twin)
      await revoke('person', person)
      for (const instance of instances) {
        instance.line.set(line)
        instance.wait(5)
      }
      expect(await outcomes(instances, token)).toEqual([closed, closed])
      expect(await outcomes(instances, twin)).toEqual([closed, closed])
      expect(await outcomes(instances, await world().tokenOf(person))).toEqual([closed, closed])
      expect(await outcomes(instances)).toEqual([accepted, accepted])
      expect(await outcomes(instances, 'not-a-token')).toEqual([refused, refused])
      for (const instance of instances) {
        instance.line.set('open')
        instance.wait(1)
      }
      expect(await outcomes(instances, token)).toEqual([refused, refused])
      expect(await outcomes(instances, twin)).toEqual([accepted, accepted])
    },
  )

  it('a cold instance is closed too', async () => {
    const { call, line } = await world().newInstance()
    line.set('cut')
    expect(await call(await world().tokenOf(newPerson()))).toBe(closed)
    expect(await call()).toBe(accepted)
  })
})

describe('a list that can not be judged', () => {
  it('with an unreadable entry is 503 for every token, and not for anonymous', async () => {
    const token = await world().tokenOf(newPerson())
    const [instance] = await warmInstances(token)
    const key = { pk: 'REVOKED', sk: `${seconds()}#group#staff` }
    await world().access.write({ put: key, when: [[['absent', 'sk']]] })
    instance.wait(5)
    expect([await instance.call(token), await instance.call()]).toEqual([closed, accepted])
    await world().access.write({ remove: key, when: [[['exists', 'sk']]] })
    instance.wait(1)
    expect(await instance.call(token)).toBe(accepted)
  })

  it('above 1 MB is 503 for every token, and not for anonymous', async () => {
    const token = await world().tokenOf(newPerson())
    const [instance] = await warmInstances(token)
    const keys = Array.from({ length: 6000 }, (_, index) => ({
      pk: 'REVOKED',
      sk: `${seconds()}#token#${'i'.repeat(32)}#${String(index).padEnd(128, '-')}`,
    }))
    const chunks = Array.from({ length: 60 }, (_, index) => keys.slice(index * 100, index * 100 + 100))
    for (const chunk of chunks)
      await world().access.transact(chunk.map((key) => ({ put: key, when: [[['absent', 'sk']]] })))
    instance.wait(5)
    expect([await instance.call(token), await instance.call()]).toEqual([closed, accepted])
    for (const chunk of chunks)
      await world().access.transact(chunk.map((key) => ({ remove: key, when: [[['exists', 'sk']]] })))
    instance.wait(1)
    expect(await instance.call(token)).toBe(accepted)
  })
})

describe('the cost of the list', () => {
  it('is one query for 200 requests at once, and no query while the copy is fresh', async () => {
    const token = await world().tokenOf(newPerson())
    const [instance] = await warmInstances(token)
    expect(instance.line.queries()).toBe(1)
    instance.wait(5)
    const found = await Promise.all(Array.from({ length: 200 }, () => instance.call(token)))
    expect(new Set(found)).toEqual(new Set([accepted]))
    expect(instance.line.queries()).toBe(2)
  })

  it('is one query in 5 seconds: 12 in a minute of 10 requests a second', async () => {
    const token = await world().tokenOf(newPerson())
    const { call, wait, line } = await world().newInstance()
    for (let i = 0; i < 600; i += 1) {
      expect(await call(token)).toBe(accepted)
      wait(0.1)
    }
    expect(line.queries()).toBeLessThanOrEqual(13)
    expect(line.queries()).toBeGreaterThanOrEqual(12)
  })

  it('is nothing for anonymous requests and for bad tokens', async () => {
    const { call, line } = await world().newInstance()
    const expired = await world().tokenOf(newPerson(), { claims: { exp: seconds() - 1 } })
    for (let i = 0; i < 20; i += 1) expect([await call(), await call(expired)]).toEqual([accepted, refused])
    expect(line.queries()).toBe(0)
  })
})
