/** Chromium and the running cloud: what a page of an allowed origin sends and reads. */
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { tokenOf } from '../support/local-cloud.ts'
import { create, fetchIn, opaque, type PageResponse, refused, usePages } from './support/page-requests.ts'

const { cloud, openAt, post, bearer } = usePages()

let readOnly: string

beforeAll(async () => {
  readOnly = await tokenOf(cloud(), '--issuer', 'cognito', '--as', 'alice', '--scope', 'notes:read')
})

/** Headers that clients add by default, or with tracing on. */
const clients: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Apollo: {
    'apollo-require-preflight': 'true',
    'x-apollo-operation-name': 'Me',
    'apollographql-client-name': 'web',
    'apollographql-client-version': '1.0',
  },
  Amplify: {
    'x-amz-user-agent': 'aws-amplify/6.15 framework/1',
    'x-amz-date': '20261122T093000Z',
    'x-amz-security-token': 'x',
    'x-amz-content-sha256': 'x',
  },
  OpenTelemetry: {
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    tracestate: 'a=b',
    baggage: 'a=b',
  },
}

function codeOf({ text }: PageResponse): string {
  return JSON.parse(text).errors[0].extensions.code
}

async function jsonIn(page: Page, url: string) {
  return JSON.parse(((await fetchIn(page, { url })) as PageResponse).text)
}

describe.each(['localhost', '127.0.0.1'])('a page of another port of %s', (host) => {
  it('is sent by GET without a preflight, and by POST with one', async () => {
    const page = await openAt(host)
    const sent: string[] = []
    const session = await page.context().newCDPSession(page)
    await session.send('Network.enable')
    session.on('Network.requestWillBeSent', ({ request }) => {
      if (request.url.startsWith(cloud().url)) sent.push(request.method)
    })
    const { status, text } = (await fetchIn(page, { url: `${cloud().url}/graphql?query={__typename}` })) as PageResponse
    expect([status, JSON.parse(text).data]).toEqual([200, { __typename: 'Query' }])
    expect(sent).toEqual(['GET'])
    expect(await fetchIn(page, post('{ me { name } }', bearer()))).toMatchObject({ status: 200 })
    expect([...sent].sort()).toEqual(['GET', 'OPTIONS', 'POST'])
  })

  it('writes', async () => {
    const { status, text } = (await fetchIn(await openAt(host), post(create, bearer()))) as PageResponse
    expect([status, JSON.parse(text).data]).toEqual([200, { createNote: { note: { title: 'From a page' } } }])
  })

  it.each(Object.entries(clients))('sends the headers of %s', async (_, headers) => {
    const page = await openAt(host)
    const answers = [
      await fetchIn(page, post('query Me { me { name } }', { ...bearer(), ...headers })),
      await fetchIn(page, post(create, { ...bearer(), ...headers })),
      await fetchIn(page, post(create, { ...bearer(readOnly), ...headers })),
    ] as PageResponse[]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(answers.map(({ text }) => JSON.parse(text))).toMatchObject([
      { data: { me: { name: 'Alice' } } },
      { data: { createNote: { note: { title: 'From a page' } } } },
      { errors: [{ path: ['createNote'], extensions: { code: 'FORBIDDEN' } }] },
    ])
  })

  it('sends a proof of possession, which the endpoint does not read, and an API key, which it does', async () => {
    const page = await openAt(host)
    const { status, text } = (await fetchIn(page, post('{ me { name } }', { ...bearer(), dpop: 'x' }))) as PageResponse
    expect([status, JSON.parse(text).data]).toEqual([200, { me: { name: 'Alice' } }])
    const unknown = post('{ me { name } }', { ...bearer(), 'x-api-key': 'x' })
    expect(((await fetchIn(page, unknown)) as PageResponse).status).toBe(401)
  })

  it('sends no header that is not on the table', async () => {
    const page = await openAt(host)
    expect(await fetchIn(page, post('{ __typename }', { 'x-other': '1' }))).toEqual(refused)
    expect(await fetchIn(page, { ...post('{ __typename }'), method: 'PUT' })).toEqual(refused)
  })

  it('reads a refused token, with the challenge and the id of the request', async () => {
    const seen = (await fetchIn(await openAt(host), post('{ me { name } }', bearer('x.y.z')))) as PageResponse
    expect(seen.status).toBe(401)
    expect(seen.headers['www-authenticate']).toMatch(/^Bearer error="invalid_token", resource_metadata="http/)
    expect(seen.headers['x-request-id']).toMatch(/^[\w-]{36}$/)
  })

  it('reads the refusal of a field, and of what has no caller', async () => {
    const page = await openAt(host)
    const forbidden = (await fetchIn(page, post(create, bearer(readOnly)))) as PageResponse
    expect([forbidden.status, codeOf(forbidden)]).toEqual([200, 'FORBIDDEN'])
    const anonymous = (await fetchIn(page, post('{ me { name } }'))) as PageResponse
    expect([anonymous.status, codeOf(anonymous)]).toEqual([200, 'UNAUTHENTICATED'])
  })

  it('reads the metadata, and from there the keys of an issuer', async () => {
    const page = await openAt(host)
    const metadata = await jsonIn(page, `${cloud().url}/.well-known/oauth-protected-resource/graphql`)
    const [issuer] = metadata.authorization_servers
    const { jwks_uri } = await jsonIn(page, `${issuer}/.well-known/openid-configuration`)
    expect((await jsonIn(page, jwks_uri)).keys).toHaveLength(1)
  })

  it('reads no token of this machine, and no page', async () => {
    const page = await openAt(host)
    for (const path of ['/tokens/cognito/alice', '/']) {
      expect(await fetchIn(page, { url: cloud().url + path })).toEqual(refused)
      const unread = await fetchIn(page, { url: cloud().url + path, mode: 'no-cors' })
      expect([refused, opaque]).toContainEqual(unread)
    }
  })
})
