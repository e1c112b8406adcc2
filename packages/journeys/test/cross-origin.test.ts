/** CORS of the running cloud: which pages may read which paths. `browser/` tests the same in Chromium. */
import { cors } from '@fieldnotes/core/cors'
import { beforeAll, describe, expect, it } from 'vitest'
import { ephemeralCloud } from './support/ephemeral-cloud.ts'
import { type RawAnswer, rawRequest } from './support/raw-request.ts'

const cloud = ephemeralCloud()
let granted: readonly string[]

beforeAll(async () => {
  granted = [
    '/graphql',
    '/.well-known/oauth-protected-resource/graphql',
    '/.well-known/oauth-protected-resource/exporter',
    '/exporter/exports',
    '/cognito/eu-west-1_Local0001/.well-known/openid-configuration',
    '/cognito/eu-west-1_Local0001/.well-known/jwks.json',
  ]
})

const own = 'http://localhost:5173'
const evil = [
  'null',
  'https://localhost:5173',
  'http://localhost.evil.com',
  'http://localhost:1@evil.com',
  'https://evil.com',
]

async function send(path: string, method: string, headers: Record<string, string>, body?: string) {
  const { bytes, ...answer } = await rawRequest(cloud.url + path, { method, headers, body })
  return { ...answer, body: bytes.toString() }
}

function preflight(path: string, origin: string) {
  return send(path, 'OPTIONS', {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': cors.allowHeaders.join(', '),
  })
}

function corsOf({ headers }: Pick<RawAnswer, 'headers'>): string[] {
  return Object.keys(headers).filter((name) => name.startsWith('access-control-'))
}

describe('a page of another origin', () => {
  it.each([own, 'http://127.0.0.1:8080', 'http://localhost'])(
    'of %s may send requests where it is granted',
    async (origin) => {
      for (const path of granted) {
        const { status, headers, body } = await preflight(path, origin)
        expect([status, body]).toEqual([204, ''])
        expect(headers).toMatchObject({
          'access-control-allow-origin': origin,
          'access-control-allow-methods': 'GET,POST',
          'access-control-allow-headers': cors.allowHeaders.join(','),
          'access-control-max-age': '3600',
          vary: 'origin',
        })
        expect(headers).not.toHaveProperty('access-control-allow-credentials')
      }
    },
  )

  it.each(evil)(
    'of %s gets the same 204 without a header that would allow anything, and reads nothing',
    async (origin) => {
      for (const path of granted) {
        const outgoing = await preflight(path, origin)
        expect([outgoing.status, corsOf(outgoing), outgoing.headers.vary]).toEqual([204, [], 'origin'])
        const read = await send(path, 'GET', { origin })
        expect([corsOf(read), read.headers.vary]).toEqual([[], expect.stringContaining('origin')])
      }
    },
  )

  it('reads every answer where it is granted: data, refusals and the gateway’s own', async () => {
    const json = { origin: own, 'content-type': 'application/json' }
    const answers = [
      await send('/graphql', 'POST', json, '{"query":"{__typename}"}'),
      await send('/graphql?query={__typename}', 'GET', { origin: own }),
      await send('/graphql', 'POST', { ...json, authorization: 'Bearer x' }, '{"query":"{__typename}"}'),
      await send('/graphql', 'DELETE', json),
      await send('/graphql', 'POST', json, 'x'.repeat(11_000_000)),
      ...(await Promise.all(granted.slice(1).map((path) => send(path, 'GET', { origin: own })))),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 401, 405, 413, 200, 200, 405, 200, 200])
    for (const { headers } of answers) {
      expect(headers['access-control-allow-origin']).toBe(own)
      expect(headers['access-control-expose-headers']).toBe(cors.exposeHeaders.join(','))
      expect(headers.vary).toMatch(/\borigin$/)
    }
  })

  it.each([
    '/',
    '/tokens/cognito/alice',
    '/graphiql/page.js',
    '/health',
    '/session',
    '/graphql/',
    '/.local/issuers.json',
  ])('is granted nothing at %s', async (path) => {
    for (const answer of [await preflight(path, own), await send(path, 'GET', { origin: own })])
      expect(corsOf(answer)).toEqual([])
  })

  it('gets 405 for an OPTIONS that is no preflight', async () => {
    for (const headers of [{}, { origin: own }, { 'access-control-request-method': 'POST' }])
      expect((await send('/graphql', 'OPTIONS', headers)).status).toBe(405)
  })
})

describe('a token of this machine', () => {
  const path = '/tokens/cognito/alice'

  it.each([{}, { 'sec-fetch-site': 'none' }, { 'sec-fetch-site': 'same-origin' }])(
    'is given with %j',
    async (headers) => {
      const { status, body } = await send(path, 'GET', headers as Record<string, string>)
      expect([status, body.split('.')]).toEqual([200, [expect.any(String), expect.any(String), expect.any(String)]])
    },
  )

  it.each(['same-site', 'cross-site', 'same-origin, none', 'x', ''])(
    'is not given with sec-fetch-site %j',
    async (site) => {
      const { status, body } = await send(path, 'GET', { 'sec-fetch-site': site })
      expect([status, body]).toEqual([403, 'Tokens are for pages of this origin and for terminals.'])
    },
  )
})
