/** Which application a request has that sends no key, and how operators change one. */
import { sampleService, sampleUser } from '@fieldnotes/core/sample-principals'
import { applicationKey, clientApplicationKey } from '@fieldnotes/table/access-keys'
import type { OpenTable } from '@fieldnotes/table/table'
import { describe, expect, it } from 'vitest'
import type { Application } from '../../src/keys/application.ts'
import { changeApplication, readApplication, removeApplication } from '../../src/keys/stored-applications.ts'
import { applicationWorld, outcome } from '../support/application-world.ts'

const world = applicationWorld()
const { checkOf, newApplication } = world
const shared = { clients: ['fieldnotes:shared'] }

describe('a third party without a key', () => {
  const partner = sampleService({ id: 'partner-id', issuer: 'fieldnotes', clientId: 'partner', thirdParty: true })
  const person = sampleUser({ id: 'alice', issuer: 'fieldnotes', clientId: 'partner', thirdParty: true })

  it('has the application that lists its client, until it is listed no more', async () => {
    const { id } = await newApplication({ clients: ['fieldnotes:partner'], keys: [] })
    for (const caller of [partner, person]) expect(await outcome(checkOf(), undefined, caller)).toBe(id)
    await changeApplication(world.access(), id, () => ({ clients: ['fieldnotes:other'] }))
    expect(await outcome(checkOf(), undefined, partner)).toBe('none')
    await changeApplication(world.access(), id, () => ({ clients: ['fieldnotes:other', 'fieldnotes:partner'] }))
    expect(await outcome(checkOf(), undefined, partner)).toBe(id)
    await changeApplication(world.access(), id, () => ({ clients: ['fieldnotes:other'] }))
  })

  it('of several applications has the first by id, and by a key the one of the key', async () => {
    const [one, two] = [await newApplication(shared), await newApplication(shared)]
    const caller = sampleService({ id: 'x', issuer: 'fieldnotes', clientId: 'shared', thirdParty: true })
    expect(await outcome(checkOf(), undefined, caller)).toBe([one.id, two.id].sort()[0])
    expect(await outcome(checkOf(), two.key, caller)).toBe(two.id)
  })

  it.each([
    ['of another issuer', { issuer: 'cognito' }],
    ['of another client', { clientId: 'shared2' }],
  ])('has none %s', async (_name, change) => {
    const known = { id: 'x', issuer: 'fieldnotes', clientId: 'shared', thirdParty: true } as const
    await newApplication(shared)
    expect(await outcome(checkOf(), undefined, sampleService({ ...known, ...change }))).toBe('none')
    expect(await outcome(checkOf(), undefined, sampleService(known))).toMatch(/^app/)
  })

  it('has it as a machine of the user pool too; a person of our own app has none', async () => {
    const { id } = await newApplication({ clients: ['cognito:machine'], keys: [] })
    const client = { issuer: 'cognito', clientId: 'machine' } as const
    expect(await outcome(checkOf(), undefined, sampleService({ id: 'x', ...client }))).toBe(id)
    expect(await outcome(checkOf(), undefined, sampleUser({ id: 'alice', ...client }))).toBe('none')
  })

  it('has the next application that lists its client where the first is removed, or of another stage', async () => {
    const clients = { clients: ['fieldnotes:next'], keys: [] }
    const caller = sampleService({ id: 'x', issuer: 'fieldnotes', clientId: 'next', thirdParty: true })
    const { id: broken } = await newApplication(clients)
    await newApplication({ ...clients, stage: 'live' })
    const { id } = await newApplication(clients)
    await world.access().write({ update: applicationKey(broken), set: { stage: 7 } })
    await removeApplication(world.access(), broken)
    expect(await outcome(checkOf(), undefined, caller)).toBe(id)
  })

  it('has none of another stage, and none by an entry that its application does not have', async () => {
    const client = (name: string) => ({ clients: [`fieldnotes:${name}`] })
    const caller = (name: string) => sampleService({ id: 'x', issuer: 'fieldnotes', clientId: name, thirdParty: true })
    await newApplication({ ...client('copied'), stage: 'live' })
    expect(await outcome(checkOf(), undefined, caller('copied'))).toBe('none')
    const { id } = await newApplication(client('real'))
    const put = { ...clientApplicationKey('fieldnotes:forged', id) }
    await world.access().write({ put, when: [[['absent', 'pk']]] })
    expect(await outcome(checkOf(), undefined, caller('forged'))).toBe('none')
    expect(await outcome(checkOf(), undefined, caller('real'))).toBe(id)
  })
})

describe('an application that is removed', () => {
  it('limits its clients no more, also one that could not be read', async () => {
    const client = { clients: ['fieldnotes:leaving'], keys: [] }
    const caller = sampleService({ id: 'x', issuer: 'fieldnotes', clientId: 'leaving', thirdParty: true })
    const { id } = await newApplication(client)
    await removeApplication(world.access(), id)
    expect(await outcome(checkOf(), undefined, caller)).toBe('none')
    const { id: broken } = await newApplication(client)
    await world.access().write({ update: applicationKey(broken), set: { stage: 7 } })
    expect(await outcome(checkOf(), undefined, caller)).toBe('UNAVAILABLE a stored application can not be read')
    await removeApplication(world.access(), broken)
    expect(await outcome(checkOf(), undefined, caller)).toBe('none')
    await expect(removeApplication(world.access(), id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('two operators', () => {
  it('do not overwrite each other: the second change of what both have read is refused', async () => {
    const { id } = await newApplication({ limits: { burst: 5 } })
    const limit = (limits: Application['limits']) => changeApplication(world.access(), id, () => ({ limits }))
    const second = changeApplication({ ...world.access(), get: readBefore(() => limit({ burst: 7 })) }, id, () => ({
      limits: { burst: 5, perSecond: 1 },
    }))
    await expect(second).rejects.toMatchObject({ code: 'CONFLICT' })
    await limit({ burst: 8 })
    expect((await readApplication(world.access(), id))?.limits).toEqual({ burst: 8 })
  })
})

/** Reads, and has another change made before the answer is used. */
function readBefore(act: () => Promise<void>): OpenTable['get'] {
  return async (key) => {
    const item = await world.access().get(key)
    await act()
    return item
  }
}
