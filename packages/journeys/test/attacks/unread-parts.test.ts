/** Parts of a request that a client may set freely, and that change nothing of its response. */
import type { Event } from '@fieldnotes/api/route'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { json } from '../decisions/kit/gateway-exchange.ts'
import { codesOf, contextOf, type Fixture, startFixture } from './fixture.ts'

let fixture: Fixture
let bearer: Record<string, string>
beforeAll(async () => {
  fixture = await startFixture()
  bearer = { authorization: `Bearer ${fixture.token('alice')}` }
})
afterAll(() => fixture.endpoint.stop())

const me = JSON.stringify({ query: '{ me { id } }' })

describe('the same is answered', () => {
  it.each<readonly [string, Partial<Event>]>([
    ['in base64', { body: Buffer.from(me).toString('base64'), isBase64Encoded: true }],
    [
      'below the path of a stage',
      { rawPath: '/prod/graphql', requestContext: { ...contextOf('POST'), stage: 'prod' } },
    ],
    ['whatever the address claims', { rawQueryString: 'query={__typename}&operationName=x' }],
    [
      'whatever a client claims of its address',
      { headers: { 'x-forwarded-for': '127.0.0.1, 10.0.0.1', forwarded: 'for=127.0.0.1' } },
    ],
    [
      'whatever a client claims to be',
      { headers: { 'x-user-id': 'bob', 'x-amzn-oidc-identity': 'bob', cookie: 'user=bob' } },
    ],
  ])('%s', async (_how, changes) => {
    const headers = { ...json, ...changes.headers, ...bearer }
    const plain = await fixture.endpoint.send({ headers: { ...json, ...bearer }, body: me })
    const answer = await fixture.endpoint.send({ body: me, ...changes, headers })
    expect([answer.status, answer.text]).toEqual([200, plain.text])
    expect(plain.body.data.me.id).toBeDefined()
  })

  it('refuses two tokens in one header', async () => {
    const two = `Bearer ${fixture.token('alice')},Bearer ${fixture.token('bob')}`
    const answer = await fixture.endpoint.send({ headers: { ...json, authorization: two }, body: me })
    expect([answer.status, codesOf(answer)]).toEqual([401, ['UNAUTHENTICATED']])
  })
})
