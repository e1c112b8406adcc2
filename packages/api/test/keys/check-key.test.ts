/** Which API keys a request may have: every refusal beside the key that is accepted. */
import { anonymous } from '@fieldnotes/core/principal'
import { sampleService, sampleUser } from '@fieldnotes/core/sample-principals'
import { apiKeyUseKey, applicationKey } from '@fieldnotes/table/access-keys'
import { digestOf } from '@fieldnotes/table/digest'
import { createTable, type OpenTable } from '@fieldnotes/table/table'
import { describe, expect, it } from 'vitest'
import { apiKeyOf, secretOf } from '../../src/keys/api-key.ts'
import { freshRefusalMs } from '../../src/keys/application-memory.ts'
import { listApplications } from '../../src/keys/listed-applications.ts'
import { changeApplication } from '../../src/keys/stored-applications.ts'
import { withKey, withoutKey } from '../../src/keys/stored-keys.ts'
import { applicationWorld, first, outcome, robot, start } from '../support/application-world.ts'

const world = applicationWorld()
const { checkOf, newApplication } = world
const alice = sampleUser({ id: 'alice', issuer: 'fieldnotes', clientId: 'robot' })
const actor = { subject: 'exporter' }

describe('a key', () => {
  it('names its application, beside a token of a client that it is bound to', async () => {
    const { id, key } = await newApplication()
    const check = checkOf()
    for (const principal of [robot, alice]) expect(await outcome(check, key, principal)).toBe(id)
    expect(await outcome(check, key, robot, 'X-Api-Key')).toBe(id)
  })

  it.each([
    ['another client', { clientId: 'portal' }],
    ['the same client at another issuer', { issuer: 'cognito' }],
    ['no client', { clientId: undefined }],
  ])('is refused beside a token of %s', async (_name, change) => {
    const { key } = await newApplication()
    const stranger = sampleService({ id: 'x', issuer: 'fieldnotes', clientId: 'robot', ...change })
    expect(await outcome(checkOf(), key, stranger)).toBe('UNAUTHENTICATED api_key_client_wrong')
  })

  it('without a token is judged too, and gives nothing', async () => {
    const { id, key } = await newApplication()
    expect(await outcome(checkOf(), key, anonymous)).toBe(id)
    expect(await outcome(checkOf(), apiKeyOf('test', id, secretOf()), anonymous)).toBe(
      'UNAUTHENTICATED api_key_unknown',
    )
  })

  it.each([
    ['of an unknown application', () => apiKeyOf('test', 'nobody', first), 'api_key_unknown'],
    ['with another secret', (id: string) => apiKeyOf('test', id, secretOf()), 'api_key_unknown'],
    ['of another stage', (id: string) => apiKeyOf('production', id, first), 'api_key_stage_wrong'],
    ['without a form', () => 'secret', 'api_key_malformed'],
    ['that is empty', () => '', 'api_key_malformed'],
  ])('%s is refused', async (_name, keyOf, reason) => {
    const { id, key } = await newApplication()
    const check = checkOf()
    expect(await outcome(check, keyOf(id))).toBe(`UNAUTHENTICATED ${reason}`)
    expect(await outcome(check, key)).toBe(id)
  })

  it('of a copied table is refused: its application is of another stage', async () => {
    const { key } = await newApplication({ stage: 'te-st' })
    expect(await outcome(checkOf(), key)).toBe('UNAUTHENTICATED api_key_stage_wrong')
  })

  it('is refused from the second of its end on', async () => {
    const { id, key } = await newApplication()
    world.now += 3_599_000
    expect(await outcome(checkOf(), key)).toBe(id)
    world.now += 1000
    expect(await outcome(checkOf(), key)).toBe('UNAUTHENTICATED api_key_expired')
  })

  it('that was ended is refused within five seconds, in an instance that knows it', async () => {
    const { id, key } = await newApplication()
    const check = checkOf()
    expect(await outcome(check, key)).toBe(id)
    await changeApplication(world.access(), id, ({ keys }) => ({ keys: withoutKey(keys, undefined) }))
    world.now += 5000
    expect(await outcome(check, key)).toBe('UNAUTHENTICATED api_key_unknown')
  })

  it('that was just made is accepted soon after a refusal, and a forged one beside it is not', async () => {
    const { id, key } = await newApplication()
    const [check, next] = [checkOf(), apiKeyOf('test', id, secretOf())]
    expect(await outcome(check, key)).toBe(id)
    expect(await outcome(check, next)).toBe('UNAUTHENTICATED api_key_unknown')
    const added = { digest: digestOf(next), createdAt: world.now / 1000, endsAt: world.now / 1000 + 60 }
    await changeApplication(world.access(), id, ({ keys }) => ({ keys: withKey(keys, added) }))
    world.now += freshRefusalMs
    for (const each of [next, key]) expect(await outcome(check, each)).toBe(id)
    expect(await outcome(check, apiKeyOf('test', id, secretOf()))).toBe('UNAUTHENTICATED api_key_unknown')
  })

  it('is accepted beside a token of a client soon after the client was added', async () => {
    const { id, key } = await newApplication()
    const check = checkOf()
    const portal = sampleService({ id: 'portal', issuer: 'fieldnotes', clientId: 'portal' })
    expect(await outcome(check, key, portal)).toBe('UNAUTHENTICATED api_key_client_wrong')
    await changeApplication(world.access(), id, ({ clients }) => ({ clients: [...clients, 'fieldnotes:portal'] }))
    world.now += freshRefusalMs
    for (const each of [portal, robot]) expect(await outcome(check, key, each)).toBe(id)
  })

  it('in two headers is refused', async () => {
    const { key } = await newApplication()
    const twice = checkOf()({ 'x-api-key': key, 'X-API-Key': key }, robot)
    await expect(twice).rejects.toMatchObject({ reason: 'api_key_repeated' })
  })

  it('of an item that is no application is an outage, is logged and is listed: its limit can’t be known', async () => {
    const { id, key } = await newApplication()
    await world.access().write({ update: applicationKey(id), set: { limits: { burst: -1 } } })
    expect(await outcome(checkOf(), key)).toBe('UNAVAILABLE a stored application can not be read')
    expect(world.lines).toEqual(['api_keys.failed'])
    const before = (await listApplications(world.access())).filter((each) => 'isBroken' in each)
    expect(before).toEqual([{ id, isBroken: true }])
    await world.access().write({ update: applicationKey(id), set: { limits: undefined } })
    expect(await outcome(checkOf(), key)).toBe(id)
  })
})

describe('a stage that demands keys', () => {
  it('refuses a token without one, and no anonymous caller, browser session or own service that acts for a person', async () => {
    const { id, key } = await newApplication()
    const check = checkOf({ apiKeys: 'demanded' })
    expect(await outcome(check, undefined)).toBe('UNAUTHENTICATED api_key_missing')
    expect(await outcome(check, key)).toBe(id)
    expect(await outcome(check, undefined, anonymous)).toBe('none')
    expect(await outcome(check, undefined, sampleUser({ id: 'alice', via: 'session' }))).toBe('none')
    expect(await outcome(check, undefined, sampleUser({ id: 'alice', clientId: 'exporter', actor }))).toBe('none')
    expect(await outcome(checkOf(), undefined, alice)).toBe('none')
  })
})

describe('reads and writes', () => {
  async function requestsOf(act: () => Promise<unknown>): Promise<number> {
    const before = world.access().used.requests
    await act()
    return world.access().used.requests - before
  }

  it('one read in five seconds, also of an id without an application, one in a fifth of a second for forged keys, and none for a malformed key', async () => {
    const { id, key } = await newApplication()
    const unknown = apiKeyOf('test', 'nobody', first)
    const check = checkOf()
    await outcome(check, key)
    expect(await requestsOf(() => Promise.all(Array.from({ length: 20 }, () => outcome(check, key))))).toBe(0)
    expect(await requestsOf(() => Promise.all(Array.from({ length: 20 }, () => outcome(check, unknown))))).toBe(1)
    expect(await requestsOf(() => outcome(check, `${key}0`))).toBe(0)
    world.now += freshRefusalMs
    const forged = () => Promise.all(Array.from({ length: 20 }, () => outcome(check, apiKeyOf('test', id, secretOf()))))
    expect([await requestsOf(forged), await requestsOf(forged)]).toEqual([1, 0])
    expect(await requestsOf(() => outcome(check, apiKeyOf('live', 'app', first)))).toBe(0)
    world.now += 5000
    expect(await requestsOf(() => outcome(check, key))).toBe(1)
  })

  it('one note of its use an hour, which has the hour, and none for a key without a token', async () => {
    const { id, key } = await newApplication()
    const usedAt = async () => (await world.access().get(apiKeyUseKey(id, digestOf(key))))?.usedAt
    await outcome(checkOf(), key, anonymous)
    expect(await usedAt()).toBeUndefined()
    const check = checkOf()
    for (const seconds of [0, 1, 2]) {
      world.now = start + seconds * 1000
      await outcome(check, key)
    }
    expect(await usedAt()).toBe(start / 1000 - ((start / 1000) % 3600))
    world.now -= 3_600_000
    await outcome(checkOf(), key)
    expect(await usedAt()).toBe(start / 1000 - ((start / 1000) % 3600))
  })
})

describe('a table out of reach', () => {
  it('is an outage and no refusal, is logged, and is forgotten when it is back', async () => {
    const { id, key } = await newApplication()
    let isAway = true
    const away = createTable({ name: 'access', region: 'eu-west-1', endpoint: 'http://127.0.0.1:1' })
    const line: OpenTable = { ...world.access(), until: (deadline) => (isAway ? away : world.access()).until(deadline) }
    const check = checkOf({ access: line })
    expect(await outcome(check, key)).toMatch(/^UNAVAILABLE/)
    expect(world.lines).toEqual(['api_keys.failed'])
    expect(await outcome(check, undefined, alice)).toBe('none')
    isAway = false
    expect(await outcome(check, key)).toBe(id)
  })
})
