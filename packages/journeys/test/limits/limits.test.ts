/** API keys and limits at every door of a running cloud, and over several instances: each attack beside its twin. */
import { apiKeyOf, secretOf } from '@fieldnotes/api/api-key'
import { changeApplication } from '@fieldnotes/api/stored-applications'
import { withoutKey } from '@fieldnotes/api/stored-keys'
import { createVisitor } from '@fieldnotes/local/test/visitor'
import { bucketKey } from '@fieldnotes/table/rate-keys'
import { parseList } from 'structured-headers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTableProxy, type TableProxy } from '../revocation/table-proxy.ts'
import { ownRequest } from '../session/instance.ts'
import { signInAt } from '../session/world.ts'
import { credentialsFor, post, signedHeaders, signIn } from '../support/signed-walk.ts'
import { type Answer, countsOf, type Send, startWorld, type World } from './world.ts'

let world: World
let token: string
let person: string
beforeAll(async () => {
  world = await startWorld()
  token = await world.tokenOf('limited')
  person = await world.personToken('alice')
})
afterAll(() => world.stop())

/** Status, and code of the first error. */
function outcome({ status, body }: Answer): string {
  const code = body.errors?.[0].extensions.code
  return code === undefined ? `${status}` : `${status} ${code}`
}

function itemsOf(header: unknown) {
  return Object.fromEntries(parseList(String(header)).map(([name, values]) => [name, Object.fromEntries(values)]))
}

async function sendAll(
  count: number,
  instances: readonly Send[],
  sent: Parameters<Send>[0],
): Promise<readonly Answer[]> {
  const all = Array.from({ length: count }, (_, index) => (instances[index % instances.length] as Send)(sent))
  return Promise.all(all)
}

describe('200 requests at once with a burst of 20, at four instances', () => {
  it('exactly 20 are permitted, ten more a second later, and the others get 429 with the exact wait', async () => {
    const key = await world.newKey('race')
    const four = Array.from({ length: 4 }, () => world.newInstance())
    const at = Date.now()
    const answers = await sendAll(200, four, { token, key, at })
    expect(countsOf(answers)).toBe('200 20, 429 180')
    const refused = answers.find(({ status }) => status === 429)
    expect(refused?.headers).toMatchObject({ 'retry-after': '1', 'cache-control': 'no-store' })
    expect(refused?.body.errors).toEqual([
      {
        message: 'The limit is used up. Send the request again after 1 second.',
        extensions: { code: 'LIMIT_EXCEEDED', limit: 'burst', remedy: { kind: 'RETRY', after: 1 } },
      },
    ])
    expect(countsOf(await sendAll(100, four, { token, key, at: at + 1000 }))).toBe('200 10, 429 90')
  })

  it('exactly 20 are permitted with clocks 5 seconds apart: the gateway has the clock', async () => {
    const key = await world.newKey('skew')
    const four = [0, 5, 0, 5].map((ahead) => world.newInstance({ ahead }))
    expect(countsOf(await sendAll(200, four, { token, key }))).toBe('200 20, 429 180')
  })

  it('each of 20 at once is permitted, also where the first one waits for the note of its key and is counted last', async () => {
    const [key, instance, at] = [await world.newKey('whole'), world.newInstance(), Date.now()]
    const first = instance({ token, key, at: at - 5 })
    expect(countsOf([...(await sendAll(19, [instance], { token, key, at })), await first])).toBe('200 20')
    expect(outcome(await instance({ token, key, at }))).toBe('429 LIMIT_EXCEEDED')
  })

  it('are refused without a charge: after two seconds the bucket is full again', async () => {
    const key = await world.newKey('charge')
    const instance = world.newInstance()
    const at = Date.now()
    await sendAll(200, [instance], { token, key, at })
    expect(countsOf(await sendAll(200, [instance], { token, key, at: at + 2000 }))).toBe('200 20, 429 180')
  })
})

describe('the cost', () => {
  const three = '{ a: __typename b: __typename c: __typename }'

  it('is what admission computes, and is in the headers of every answer to a known caller', async () => {
    const key = await world.newKey('cost')
    const instance = world.newInstance()
    const first = await instance({ token, key, query: three })
    expect(itemsOf(first.headers['ratelimit-policy'])).toMatchObject({ burst: { q: 20, qu: 'cost', w: 2 } })
    expect(itemsOf(first.headers.ratelimit)).toMatchObject({ burst: { r: 17, t: 1 } })
    const invalid = await instance({ token, key, query: '{ nothing }' })
    expect([invalid.status, itemsOf(invalid.headers.ratelimit).burst?.t]).toEqual([200, expect.any(Number)])
    const broken = await instance({ token, key, headers: { accept: 'text/plain' } })
    expect([broken.status, broken.headers.ratelimit]).toEqual([406, expect.any(String)])
    expect((await instance({})).headers).not.toHaveProperty('ratelimit')
    expect((await instance({ key })).headers).not.toHaveProperty('ratelimit')
  })

  it('of an operation that is refused before is nothing: wrong documents and variables use up no quota', async () => {
    const key = await world.newKey('invalid')
    const instance = world.newInstance()
    const at = Date.now()
    const large = `{ ${Array.from({ length: 600 }, (_, index) => `a${index}: __typename`).join(' ')} }`
    const variable = 'query ($id: ID!) { node(id: $id) { id } }'
    for (const query of ['{ nothing }', '{', large, 'subscription { nothing }', variable])
      expect((await instance({ token, key, query, at })).body.errors).toBeDefined()
    expect(countsOf(await sendAll(30, [instance], { token, key, at }))).toBe('200 20, 429 10')
  })

  it('above the burst is refused for good: 400, without a wait', async () => {
    const key = await world.newKey('large')
    const answer = await world.newInstance()({ token, key, query: '{ notes(first: 100) { nodes { id } } }' })
    expect(outcome(answer)).toBe('400 LIMIT_EXCEEDED')
    expect(answer.headers).not.toHaveProperty('retry-after')
  })

  it('of nothing, by skipped fields, counts as a value of each', async () => {
    const key = await world.newKey('skipped')
    const query = '{ __typename @skip(if: true) }'
    const instance = world.newInstance()
    expect(countsOf(await sendAll(30, [instance], { token, key, query, at: Date.now() }))).toBe('200 20, 429 10')
  })
})

describe('a key', () => {
  it.each([
    ['that no application has', () => apiKeyOf('local', 'ghost', secretOf())],
    ['of an application with another secret', () => apiKeyOf('local', 'limited', secretOf())],
    ['of another stage', () => apiKeyOf('production', 'limited', secretOf())],
    ['without a form', () => 'secret'],
    ['that is empty', () => ''],
    ['twice, as the gateway joins two headers', () => `${world.limitedKey},${world.limitedKey}`],
  ])('%s is 401, with and without a token, and charges no application', async (_name, keyOf) => {
    const instance = world.newInstance()
    for (const credential of [token, person, undefined]) {
      const answer = await instance({ token: credential, key: keyOf() })
      expect(outcome(answer)).toBe('401 UNAUTHENTICATED')
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer /)
      expect(answer.headers).not.toHaveProperty('ratelimit')
      expect(JSON.stringify(answer.body)).not.toMatch(/unknown|stage|malformed|ghost/)
    }
    expect((await instance({ token, key: world.limitedKey })).status).toBe(200)
  })

  it('beside a token of another client is 401, and beside one of its own it is not', async () => {
    const key = await world.newKey('bound')
    const instance = world.newInstance()
    for (const other of [await world.tokenOf('robot'), person])
      expect(outcome(await instance({ token: other, key }))).toBe('401 UNAUTHENTICATED')
    expect((await instance({ token, key })).status).toBe(200)
  })

  it('alone is anonymous: it reads nothing of a person', async () => {
    const answer = await world.newInstance()({ key: world.limitedKey, query: '{ me { id } }' })
    expect([outcome(answer), answer.body.data]).toEqual(['200 UNAUTHENTICATED', { me: null }])
  })

  it('with a bad token is 401 for the token', async () => {
    const answer = await world.newInstance()({ key: world.limitedKey, token: `${token.slice(0, -8)}AAAAAAAA` })
    expect(answer.headers['www-authenticate']).toContain('invalid_token')
  })

  it('that was ended is 401 within five seconds, and its successor works all the time', async () => {
    const [old, next] = [await world.newKey('ended'), await world.newKey('ended2')]
    const instance = world.newInstance()
    expect((await instance({ token, key: old })).status).toBe(200)
    await changeApplication(world.access, 'ended', ({ keys }) => ({ keys: withoutKey(keys, undefined) }))
    expect(outcome(await world.newInstance({ ahead: 6 })({ token, key: old }))).toBe('401 UNAUTHENTICATED')
    expect((await world.newInstance({ ahead: 6 })({ token, key: next })).status).toBe(200)
  })
})

describe('a stage that demands keys', () => {
  it('refuses a token without one, at its instance alone', async () => {
    const demanding = world.newInstance({ apiKeys: 'demanded' })
    for (const credential of [token, person])
      expect(outcome(await demanding({ token: credential }))).toBe('401 UNAUTHENTICATED')
    expect((await demanding({ token, key: world.limitedKey })).status).toBe(200)
    expect((await demanding({})).status).toBe(200)
    expect((await world.newInstance({ apiKeys: 'demanded', via: 'session' })({ token: person })).status).toBe(200)
    expect((await world.newInstance()({ token: person })).status).toBe(200)
  })
})

describe('a client of a third party without a key', () => {
  it('has one limit for all of its people and instances, and another client has its own', async () => {
    const [robot, portal] = [await world.tokenOf('robot'), await world.tokenOf('portal')]
    const [one, two] = [world.newInstance(), world.newInstance()]
    const at = Date.now()
    await one({ token: robot, at })
    const after = await two({ token: robot, at })
    expect(itemsOf(after.headers.ratelimit)).toMatchObject({ burst: { r: 2_499_998 }, day: { r: 999_999_998 } })
    expect(itemsOf((await one({ token: portal })).headers.ratelimit)).toMatchObject({ day: { r: 999_999_999 } })
  })
})

describe('the client of an application', () => {
  it('leaves no limit by leaving out its key, and its neighbour without an application is not limited by it', async () => {
    const client = { clients: ['fieldnotes:keyless'] }
    const [key, keyless] = [await world.newKey('keyless', client), await world.tokenOf('keyless')]
    const [one, two] = [world.newInstance(), world.newInstance()]
    const at = Date.now()
    const answers = [
      ...(await sendAll(15, [one, two], { token: keyless, key, at })),
      ...(await sendAll(15, [one, two], { token: keyless, at })),
    ]
    expect(countsOf(answers)).toBe('200 20, 429 10')
    expect(itemsOf(answers.at(-1)?.headers['ratelimit-policy'])).toMatchObject({ burst: { q: 20 } })
    expect(countsOf(await sendAll(30, [one], { token: await world.tokenOf('neighbour'), at }))).toBe('200 30')
  })

  it('has a limit of its own without any key, as an app that can send none needs it', async () => {
    await world.newKey('assistant', { clients: ['fieldnotes:assistant'], keys: [] })
    const of = { sub: 'A'.repeat(27), login_id: 'grant', auth_time: Math.floor(Date.now() / 1000) }
    const person = await world.tokenOf('assistant', of)
    const sent = { token: person, at: Date.now(), query: '{ a: __typename }' }
    expect(countsOf(await sendAll(30, [world.newInstance()], sent))).toBe('200 20, 429 10')
  })
})

describe('a person', () => {
  it('has a bucket in each instance, and no item', async () => {
    const [one, two] = [world.newInstance(), world.newInstance()]
    const sent = { token: person, at: Date.now() }
    await one(sent)
    const answers = [await one(sent), await two(sent)]
    const left = answers.map(({ headers }) => itemsOf(headers.ratelimit).burst?.r)
    expect(left).toEqual([9998, 9999])
    expect(itemsOf(answers[0]?.headers['ratelimit-policy'])).toEqual({ burst: { q: 10_000, qu: 'requests', w: 10 } })
    expect(await world.rates.get(bucketKey('CLIENT', 'cognito:localclient0001'))).toBeUndefined()
  })

  it('is counted in operations: dear ones take no more', async () => {
    const query = '{ notes(first: 100) { nodes { id title content tags createdAt updatedAt version pinned } } }'
    const answers = await sendAll(20, [world.newInstance()], { token: person, query, at: Date.now() })
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    const left = answers.map(({ headers }) => itemsOf(headers.ratelimit).burst?.r)
    expect(Math.min(...left.map(Number))).toBe(9980)
  })
})

describe('the table of buckets out of reach', () => {
  let line: TableProxy
  let instance: Send
  beforeAll(async () => {
    line = await openTableProxy(String(world.config.rates.endpoint))
    instance = world.newInstance({ rates: { ...world.config.rates, endpoint: line.endpoint } })
  })
  afterAll(() => line.close())

  it('closes applications and third parties with 503, lets people go on, and opens by itself', async () => {
    const key = await world.newKey('outage')
    const robot = await world.tokenOf('robot')
    expect((await instance({ token, key })).status).toBe(200)
    line.set('cut')
    for (const sent of [{ token, key }, { token: robot }]) {
      const answer = await instance(sent)
      expect([outcome(answer), answer.headers['retry-after']]).toEqual(['503 UNAVAILABLE', '1'])
    }
    expect((await instance({ token: person })).status).toBe(200)
    line.set('open')
    expect((await instance({ token, key })).status).toBe(200)
  })
})

describe('keys out of reach', () => {
  it('are an outage: a request with a key is 503, and never anonymous or 401', async () => {
    const line = await openTableProxy(String(world.config.access.endpoint))
    const instance = world.newInstance({ access: { ...world.config.access, endpoint: line.endpoint } })
    expect((await instance({ token })).status).toBe(200)
    line.set('cut')
    for (const credential of [token, undefined])
      expect(outcome(await instance({ token: credential, key: world.limitedKey }))).toBe('503 UNAVAILABLE')
    line.set('open')
    expect((await instance({ token, key: world.limitedKey })).status).toBe(200)
    await line.close()
  })
})

describe('every door over HTTP', () => {
  const body = '{"query":"{ __typename }"}'

  it('by GET and by POST', async () => {
    const headers = {
      authorization: `Bearer ${token}`,
      'x-api-key': world.limitedKey,
      'content-type': 'application/json',
    }
    const answers = [
      await fetch(`${world.url}/graphql`, { method: 'POST', headers, body }),
      await fetch(`${world.url}/graphql?query=%7B__typename%7D`, { headers }),
    ]
    for (const answer of answers)
      expect([answer.status, answer.headers.get('ratelimit')]).toEqual([200, expect.stringContaining('burst')])
    const wrong = { ...headers, 'x-api-key': 'fn_local_limited_x' }
    expect((await fetch(`${world.url}/graphql?query=%7B__typename%7D`, { headers: wrong })).status).toBe(401)
  })

  it('of signed requests', async () => {
    const credentials = await credentialsFor(world.url, (await signIn(world.url, 'bob')).IdToken)
    const signed = await signedHeaders(world.url, credentials)
    const good = await post(world.url, signed)
    const more = { 'x-api-key': apiKeyOf('local', 'ghost', secretOf()) }
    const wrong = await post(world.url, await signedHeaders(world.url, credentials, { more }))
    expect([good.status, wrong.status]).toEqual([200, 401])
  })

  it('of browser sessions', async () => {
    const browser = createVisitor(world.url)
    await signInAt(browser, '/session/login?return=/health', 'carol')
    const own = ownRequest(world.url)
    const good = await browser.request('/session/graphql', own)
    const headers = { ...own.headers, 'x-api-key': world.limitedKey }
    const wrong = await browser.request('/session/graphql', { ...own, headers })
    expect([good.status, wrong.status]).toEqual([200, 401])
    expect(itemsOf(good.headers.get('ratelimit'))).toMatchObject({ burst: { t: 1 } })
  })
})
