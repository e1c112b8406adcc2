/** Requests with the cookie that none of our own pages has sent, and cookies that are not a session. */
import { randomBytes } from 'node:crypto'
import type { Visitor } from '@fieldnotes/local/test/visitor'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ownRequest, sessionCookie } from './instance.ts'
import { ask, sessionOf, startWorld, type World } from './world.ts'

let world: World
let browser: Visitor
beforeAll(async () => {
  world = await startWorld()
  browser = await world.signedIn()
})
afterAll(() => world.stop())

type Headers = Readonly<Record<string, string | undefined>>

/** Sends our own request with other headers; `undefined` removes one. */
async function sendWith(path: string, changes: Headers) {
  const { headers, ...init } = ownRequest(world.url)
  const sent = Object.entries({ ...headers, ...changes }).filter(([, value]) => value !== undefined)
  return browser.request(path, { ...init, headers: Object.fromEntries(sent) as Record<string, string> })
}

const forged: readonly (readonly [string, Headers])[] = [
  ['without our header', { 'x-fieldnotes': undefined }],
  ['with another value of our header', { 'x-fieldnotes': 'true' }],
  ['with the media type of a form', { 'content-type': 'application/x-www-form-urlencoded' }],
  ['with text/plain', { 'content-type': 'text/plain' }],
  ['with text/plain that looks like JSON', { 'content-type': 'text/plain;application/json' }],
  ['with another JSON type', { 'content-type': 'application/jsonp' }],
  ['of another origin', { origin: 'https://evil.example' }],
  ['of another port of this machine', { origin: 'http://127.0.0.1:1' }],
  ['of the other name of this machine', { origin: 'http://localhost:4000' }],
  ['of no origin', { origin: undefined }],
  ['of an opaque origin', { origin: 'null' }],
  ['of another site', { 'sec-fetch-site': 'cross-site' }],
  ['of a sibling host', { 'sec-fetch-site': 'same-site' }],
  ['of the address bar', { 'sec-fetch-site': 'none' }],
]

describe('POST /session/graphql', () => {
  it.each([
    ['as our own page sends it', {}],
    ['with fetch metadata', { 'sec-fetch-site': 'same-origin' }],
    ['with a charset', { 'content-type': 'application/json; charset=utf-8' }],
  ])('answers %s', async (_name, changes) => {
    const response = await sendWith('/session/graphql', changes)
    expect([response.status, (await response.json()).data.me.id]).toEqual([200, expect.any(String)])
  })

  it.each(forged)('refuses a request %s', async (_name, changes) => {
    const response = await sendWith('/session/graphql', changes)
    expect([response.status, (await response.json()).errors[0].extensions.code]).toEqual([403, 'FORBIDDEN'])
  })

  it('refuses a request without a body and its media type, which a sign-out may leave out', async () => {
    const { 'content-type': _, ...headers } = ownRequest(world.url).headers
    const send = (path: string) => fetch(`${world.url}${path}`, { method: 'POST', headers })
    expect((await send('/session/graphql')).status).toBe(403)
    expect((await send('/session/logout')).status).toBe(204)
  })

  it.each(['GET', 'PUT', 'DELETE', 'PATCH'])('answers 405 to %s', async (method) => {
    const response = await browser.request('/session/graphql', { method })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
  })

  it('answers no preflight, and names no other origin', async () => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' }
    const response = await fetch(`${world.url}/session/graphql`, { method: 'OPTIONS', headers })
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    const own = await sendWith('/session/graphql', { origin: 'http://localhost:3000' })
    expect([own.status, own.headers.get('access-control-allow-origin')]).toEqual([403, null])
  })

  it('refuses a cookie beside an Authorization header', async () => {
    for (const authorization of ['Bearer x', '', 'Basic eDp5']) {
      const response = await sendWith('/session/graphql', { authorization })
      expect([authorization, response.status]).toEqual([authorization, 400])
      expect((await response.json()).errors[0].extensions.code).toBe('BAD_USER_INPUT')
    }
  })

  it('takes no bearer token in the place of a cookie', async () => {
    const token = await (await fetch(`${world.url}/tokens/cognito/alice`)).text()
    const { headers, ...init } = ownRequest(world.url)
    const sent = { ...headers, authorization: `Bearer ${token}` }
    const response = await fetch(`${world.url}/session/graphql`, { ...init, headers: sent })
    expect(response.status).toBe(401)
    expect((await fetch(`${world.url}/graphql`, { ...init, headers: sent })).status).toBe(200)
  })

  it.each([
    ['no cookie', () => []],
    ['an unknown cookie', () => [randomBytes(32).toString('base64url')]],
    ['a cookie of another form', () => ['x']],
    ['a very long cookie', () => ['x'.repeat(4000)]],
    ['an empty cookie', () => ['']],
    ['two cookies, one of them live', () => [browser.cookie(sessionCookie), randomBytes(32).toString('base64url')]],
    ['the live cookie in another spelling', () => [`${browser.cookie(sessionCookie)}=`]],
    ['the live cookie in quotes', () => [`"${browser.cookie(sessionCookie)}"`]],
  ])('answers 401 to %s', async (_name, values) => {
    const { headers, ...init } = ownRequest(world.url)
    const cookie = values()
      .map((value) => `${sessionCookie}=${value}`)
      .join('; ')
    const response = await fetch(`${world.url}/session/graphql`, { ...init, headers: { ...headers, cookie } })
    expect([response.status, (await response.json()).errors[0].extensions.code]).toEqual([401, 'UNAUTHENTICATED'])
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer /)
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  it('answers 401 to the cookie under another name', async () => {
    const { headers, ...init } = ownRequest(world.url)
    for (const name of ['session', '__Secure-session', '__host-session', '__Host-sessions']) {
      const cookie = `${name}=${browser.cookie(sessionCookie)}`
      const response = await fetch(`${world.url}/session/graphql`, { ...init, headers: { ...headers, cookie } })
      expect([name, response.status]).toEqual([name, 401])
    }
  })

  it('writes by POST alone: a mutation in an address changes nothing', async () => {
    const query = encodeURIComponent('mutation { createNote(input: { title: "forged" }) { note { id } } }')
    expect((await browser.request(`/session/graphql?query=${query}`)).status).toBe(405)
    const { body } = await ask(browser, world.url, '{ notes { nodes { title } } }')
    expect(JSON.stringify(body)).not.toContain('forged')
  })

  it('passes the errors of the endpoint on as they are', async () => {
    const [own, direct] = [await ask(browser, world.url, '{ nothing }'), await directly('{ nothing }')]
    expect([own.status, own.body]).toEqual([direct.status, await direct.json()])
  })
})

async function directly(query: string): Promise<Response> {
  const token = await (await fetch(`${world.url}/tokens/cognito/alice`)).text()
  const { headers, ...init } = ownRequest(world.url, query)
  return fetch(`${world.url}/graphql`, { ...init, headers: { ...headers, authorization: `Bearer ${token}` } })
}

describe('POST /session/logout', () => {
  it.each(forged)('refuses a request %s, and the session stays', async (_name, changes) => {
    expect((await sendWith('/session/logout', changes)).status).toBe(403)
    expect(await sessionOf(browser)).toMatchObject({ signedIn: true })
  })

  it('is not reached by GET', async () => {
    const response = await browser.request('/session/logout')
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
    expect(await sessionOf(browser)).toMatchObject({ signedIn: true })
  })
})

describe('a path below /session', () => {
  it.each(['/session/', '/session/other', '/session/graphql/', '/session/__proto__'])('%s is 404', async (path) => {
    expect((await browser.request(path)).status).toBe(404)
  })

  it.each(['/session', '/session/login', '/session/callback'])('%s answers 405 to POST', async (path) => {
    const response = await browser.request(path, ownRequest(world.url))
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET'])
  })
})
