/** DPoP proofs at instances of the endpoint that share one table: each proof is used once. */
import { type Engine, startEngine } from '@fieldnotes/table/test/engine'
import type { Context as Invocation } from 'aws-lambda'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settings } from '../../../identity/test/kit/identities.ts'
import { bearerToken, proof, proven } from '../../../identity/test/kit/proofs.ts'
import type { Config } from '../../src/config/config.ts'
import type { Event, Handler, Result } from '../../src/http/route.ts'
import { createHandler } from '../../src/server.ts'
import { testConfig } from '../support/config.ts'

const { issuers, resource } = settings
const refusals: unknown[] = []

function instance(changes: Partial<Config>): Handler {
  const log = (_level: string, event: string, fields?: object) => event === 'refused' && refusals.push(fields)
  return createHandler({ ...testConfig, issuers, resource, ...changes }, { ...settings, log })
}

let engine: Engine
let instances: readonly [Handler, Handler, Handler]
beforeAll(async () => {
  process.env.AWS_ACCESS_KEY_ID ??= 'local'
  process.env.AWS_SECRET_ACCESS_KEY ??= 'local'
  engine = await startEngine()
  const access = await engine.newTable('access')
  instances = [instance({ access }), instance({ access }), instance({ access })]
})
afterAll(() => engine.stop())

async function send(handle: Handler, headers: object, changes: Partial<Event> & { method?: string } = {}) {
  const { method = 'POST', ...more } = changes
  const event = {
    rawPath: '/graphql',
    rawQueryString: '',
    headers: { 'content-type': 'application/json', ...headers },
    isBase64Encoded: false,
    body: '{"query":"{ __typename }"}',
    requestContext: { requestId: 'r1', stage: '$default', http: { method } },
    ...more,
  } as unknown as Event
  return handle(event, {} as Invocation)
}

function statusOf({ statusCode }: Result): number | undefined {
  return statusCode
}

describe('of three instances', () => {
  it('exactly one takes a proof, a hundred times', { timeout: 60_000 }, async () => {
    for (let round = 0; round < 100; round += 1) {
      const headers = proven(proof({ jti: `round-${round}` }))
      const answers = await Promise.all(instances.map((handle) => send(handle, headers)))
      expect(answers.map(statusOf).sort()).toEqual([200, 401, 401])
    }
  })
})

describe('a proof', () => {
  it('is consumed by a request that is executed, and by no other', async () => {
    const [handle] = instances
    const headers = proven(proof({ jti: 'late' }))
    expect(statusOf(await send(handle, headers, { method: 'GET', rawQueryString: 'query=%7B__typename%7D' }))).toBe(401)
    expect(statusOf(await send(handle, { ...headers, authorization: `DPoP ${bearerToken}` }))).toBe(401)
    expect(statusOf(await send(handle, headers))).toBe(200)
    expect(statusOf(await send(handle, headers))).toBe(401)
  })

  it('of a query by GET is for GET', async () => {
    const get = { method: 'GET', rawQueryString: 'query=%7B__typename%7D' }
    const headers = proven(proof({ jti: 'get', htm: 'GET', htu: `${resource}?query=x` }))
    expect(statusOf(await send(instances[1], headers, get))).toBe(200)
  })

  it('that is refused says so in the challenge', async () => {
    const { headers = {} } = await send(instances[0], proven(proof({ iat: 1 })))
    expect(headers['www-authenticate']).toMatch(/^DPoP error="invalid_dpop_proof", .*algs="ES256"$/)
    expect(headers['cache-control']).toBe('no-store')
  })
})

describe('without the table of proofs', () => {
  it('a proof is 503, while a bearer token is accepted by the copy of the revocations', async () => {
    const own = await startEngine()
    const handle = instance({ access: await own.newTable('access') })
    expect(statusOf(await send(handle, proven(proof({ jti: 'before' }))))).toBe(200)
    await own.stop()
    refusals.length = 0
    const answer = await send(handle, proven(proof({ jti: 'outage' })))
    expect([answer.statusCode, answer.headers?.['retry-after']]).toEqual([503, '1'])
    expect(refusals).toMatchObject([{ code: 'UNAVAILABLE', reason: 'proofs_unavailable' }])
    expect(statusOf(await send(handle, { authorization: `Bearer ${bearerToken}` }))).toBe(200)
  })

  it('a bound token is refused, and a bearer token accepted', async () => {
    const handle = instance({})
    refusals.length = 0
    expect(statusOf(await send(handle, proven()))).toBe(401)
    expect(statusOf(await send(handle, { authorization: `Bearer ${bearerToken}` }))).toBe(200)
    expect(refusals).toMatchObject([{ reason: 'scheme_unsupported' }])
  })

  it('the entry of browser sessions takes no bound token either', async () => {
    const access = await engine.newTable('access')
    const handle = instance({ access, via: 'session' })
    expect(statusOf(await send(handle, proven(proof({ jti: 'entry' }))))).toBe(401)
    expect(statusOf(await send(handle, { authorization: `Bearer ${bearerToken}` }))).toBe(200)
  })
})
