/** No request of a client reaches INTERNAL, whatever it is: refusals are 4xx, and nothing is given. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exchangeParameters } from '../src/exchange/exchange-request.ts'
import { exchangeGrantType } from '../src/grants/client-rows.ts'
import { accessTable } from './kit/access-table.ts'
import { createWorld, event, secretHeader } from './kit/world.ts'

const nasty = [
  '',
  ' ',
  '\0',
  '__proto__',
  'constructor',
  '%',
  '%zz',
  'a b',
  'é',
  '😀',
  'a'.repeat(5000),
  'https://',
  '#',
]

const value = fc.oneof(fc.constantFrom(...nasty), fc.string({ maxLength: 40 }), fc.webUrl())
const names = [
  ...exchangeParameters,
  'client_id',
  'client_secret',
  'client_assertion',
  'client_assertion_type',
  '__proto__',
]
const parameter = fc.tuple(fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 10 })), value)
const grant = fc.constantFrom(
  'client_credentials',
  exchangeGrantType,
  'authorization_code',
  'refresh_token',
  '',
  '__proto__',
)

const authorization = fc.oneof(
  fc.constantFrom(secretHeader('robot'), secretHeader('portal'), undefined),
  fc.constantFrom('Basic', 'Basic =', 'Basic Og==', 'Bearer x', 'Basic a,Basic b', `Basic ${btoa('%zz:%')}`),
  fc.string({ maxLength: 60 }).map((text) => `Basic ${Buffer.from(text).toString('base64')}`),
)

const body = fc.oneof(
  fc.tuple(grant, fc.array(parameter, { maxLength: 12 })).map(([type, more]) => {
    return new URLSearchParams([['grant_type', type], ...more]).toString()
  }),
  fc.string({ maxLength: 200 }),
)

const type = fc.oneof(
  { weight: 8, arbitrary: fc.constant('application/x-www-form-urlencoded') },
  fc.constantFrom(
    'application/json',
    'text/plain',
    'multipart/form-data',
    'application/x-www-form-urlencoded; charset=utf-16',
    'x',
    '',
  ),
)

const access = accessTable()

describe('the token endpoint', () => {
  it('answers any request with less than 500, and gives a token for a good one alone', {
    timeout: 120_000,
  }, async () => {
    const { handle, lines } = createWorld({ access: access.config() })
    const request = fc.record({ body, type, authorization, query: value, dpop: fc.option(value) })
    await fc.assert(
      fc.asyncProperty(request, async (given) => {
        const headers = {
          'content-type': given.type,
          ...(given.authorization !== undefined && { authorization: given.authorization }),
          ...(given.dpop !== null && { dpop: given.dpop }),
        }
        const more = { headers, body: Buffer.from(given.body).toString('base64'), isBase64Encoded: true }
        const answer = await handle({ ...event('POST', '/oauth/token', more), rawQueryString: given.query })
        const { access_token, error } = JSON.parse(answer.body ?? '')
        expect([typeof error, answer.statusCode]).toEqual(
          access_token === undefined ? ['string', expect.any(Number)] : ['undefined', 200],
        )
        expect(answer.statusCode).toBeLessThan(500)
        if (access_token !== undefined) expect(given.body).toContain('client_credentials')
      }),
      { numRuns: 400 },
    )
    expect(lines.filter((line) => line.includes('issuer.failed'))).toEqual([])
  })
})

describe('introspection and revocation', () => {
  it('answer any request with less than 500, and know no text that was not issued', { timeout: 60_000 }, async () => {
    const { handle, lines } = createWorld({ access: access.config() })
    const path = fc.constantFrom('/oauth/introspect', '/oauth/revoke')
    const tokens = fc.array(fc.tuple(fc.constantFrom('token', 'token_type_hint', ...names), value), { maxLength: 5 })
    const request = fc.record({ path, tokens, type, authorization, query: value })
    await fc.assert(
      fc.asyncProperty(request, async (given) => {
        const headers = {
          'content-type': given.type,
          ...(given.authorization !== undefined && { authorization: given.authorization }),
        }
        const more = { headers, body: new URLSearchParams(given.tokens).toString() }
        const answer = await handle({ ...event('POST', given.path, more), rawQueryString: given.query })
        expect(answer.statusCode).toBeLessThan(500)
        const refusedOr = (known: string) => answer.statusCode !== 200 || answer.body === known
        expect(refusedOr(given.path === '/oauth/revoke' ? '' : '{"active":false}')).toBe(true)
      }),
      { numRuns: 200 },
    )
    expect(lines.filter((line) => line.includes('issuer.failed'))).toEqual([])
  })
})
