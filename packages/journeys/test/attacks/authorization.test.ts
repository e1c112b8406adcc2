/** Authorization requests, the page of consent and the callback at our own issuer: each attack beside what works. */
import { createVisitor } from '@fieldnotes/local/test/visitor'
import { describe, expect, it } from 'vitest'
import { alice, atConsent, loginOf, parametersOf, request } from '../support/command-line.ts'
import { ephemeralIssuer, form } from '../support/own-issuer.ts'

const { cloud, issuer } = ephemeralIssuer()

const unsafe: readonly (readonly [name: string, uri: string])[] = [
  ['another host', 'https://evil.example/callback'],
  ['a suffix', 'http://127.0.0.1:53682/callback/more'],
  ['a query', 'http://127.0.0.1:53682/callback?a=b'],
  ['a fragment', 'http://127.0.0.1:53682/callback#a'],
  ['userinfo', 'http://a@127.0.0.1:53682/callback'],
  ['upper case', 'http://127.0.0.1:53682/CALLBACK'],
  ['a way up', 'http://127.0.0.1:53682/x/../callback'],
  ['the other name of this machine', 'http://localhost:53682/callback'],
  ['a host that begins alike', 'http://127.0.0.1.evil.example/callback'],
  ['another scheme', 'https://127.0.0.1:53682/callback'],
  ['no address', ''],
]

describe('an authorization request', () => {
  it.each(unsafe)('with a redirect address of %s ends on a page, and leads nowhere', async (_name, uri) => {
    const response = await fetch(cloud.url + request({ redirect_uri: uri }).url, { redirect: 'manual' })
    expect([response.status, response.headers.get('location')]).toEqual([400, null])
    const text = await response.text()
    expect(text).not.toContain('evil')
  })

  it.each([
    ['no challenge', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
    ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['no method', { code_challenge_method: undefined }, 'invalid_request'],
    ['a short challenge', { code_challenge: 'abc' }, 'invalid_request'],
    ['another type of response', { response_type: 'token' }, 'unsupported_response_type'],
    ['an ID token as response', { response_type: 'code id_token' }, 'unsupported_response_type'],
    ['a scope of operators', { scope: 'notes:read notes:audit' }, 'invalid_scope'],
    ['a scope that does not exist', { scope: 'notes:admin' }, 'invalid_scope'],
    ['a scope that the library drops', { scope: 'notes:read offline_access' }, 'invalid_scope'],
    ['that scope alone', { scope: 'offline_access' }, 'invalid_scope'],
    ['an audience', { audience: 'https://evil.example/' }, 'invalid_target'],
    ['another target', { resource: 'https://evil.example/' }, 'invalid_target'],
    ['no interaction', { prompt: 'none' }, 'login_required'],
    ['a request object', { request: 'a.b.c' }, 'request_not_supported'],
    ['a reference to one', { request_uri: 'https://evil.example/r' }, 'request_uri_not_supported'],
  ])('with %s returns to the app with its code, the state and the issuer', async (_name, change, error) => {
    const { url, state } = request(change)
    const response = await fetch(cloud.url + url, { redirect: 'manual' })
    const location = response.headers.get('location') ?? ''
    const answer = parametersOf({ url: location })
    expect([/^http:..127.0.0.1:53682.callback[?#]/.test(location), answer.error, answer.state, answer.iss]).toEqual([
      ...[true, error, state, issuer().issuer],
    ])
    expect(location).not.toContain('evil')
  })

  it.each(['portal', 'robot', 'firebase-session', 'nobody', '__proto__'])(
    'of the client %s is refused',
    async (client_id) => {
      const response = await fetch(cloud.url + request({ client_id }).url, { redirect: 'manual' })
      expect([response.status, response.headers.get('location')]).toEqual([400, null])
    },
  )

  it.each(['form_post', 'fragment', 'jwt', 'x'])('for an answer by %s ends on a page', async (response_mode) => {
    const response = await fetch(cloud.url + request({ response_mode }).url, { redirect: 'manual' })
    expect([response.status, response.headers.get('location')]).toEqual([400, null])
    expect(await response.text()).not.toContain('<script')
  })

  it('is a GET', async () => {
    const response = await fetch(cloud.url + request().url, { method: 'POST', redirect: 'manual' })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET'])
  })
})

describe('the page of consent', () => {
  it('names app, person, scopes and end, and has no script, no frame and no copy', async () => {
    const { page } = await atConsent(cloud)
    expect(page.html).toContain('Let Fieldnotes on the command line use your notes?')
    for (const text of ['You are Alice', 'Read your notes', 'Create and change notes', 'Until ', '127.0.0.1:53682'])
      expect(page.html).toContain(text)
    expect(page.html).not.toMatch(/<script|put notes into the trash and out<\/li>\s*<li>Put/)
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+';.* frame-ancestors 'none'$/)
    expect(policy).toContain(`form-action 'self' http://127.0.0.1:53682;`)
    const { headers } = page
    expect([headers.get('x-frame-options'), headers.get('cache-control')]).toEqual(['DENY', 'no-store'])
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })

  it('refuses in one step, and the app reads access_denied', async () => {
    const { url, state } = request()
    const { browser, page } = await atConsent(cloud, url)
    const answer = parametersOf(await browser.submit(page, { answer: 'refuse' }))
    expect(answer).toMatchObject({ error: 'access_denied', state, iss: issuer().issuer })
    expect(answer.code).toBeUndefined()
  })

  it.each([
    ['another token', { token: 'x'.repeat(43) }],
    ['no token', { token: '' }],
  ])('is refused with %s, and the right one still works', async (_name, change) => {
    const { browser, page } = await atConsent(cloud)
    const body = form({ answer: 'agree', ...change })
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const wrong = await browser.request('/oauth/consent', { method: 'POST', headers, body })
    expect([wrong.status, wrong.headers.get('location')]).toEqual([400, null])
    expect(parametersOf(await browser.submit(page, { answer: 'agree' })).code).toBeDefined()
  })

  it('is answered once, also of eight at the same time', async () => {
    const { browser, page } = await atConsent(cloud)
    const token = /name="token" value="([^"]+)"/.exec(page.html)?.[1]
    const send = () => browser.request('/oauth/consent', { method: 'POST', body: form({ token, answer: 'agree' }) })
    const statuses = (await Promise.all(Array.from({ length: 8 }, send))).map(({ status }) => status)
    expect(statuses.sort()).toEqual([303, ...Array(7).fill(400)])
  })

  it('is of the browser that has begun the sign-in', async () => {
    const { page } = await atConsent(cloud)
    const token = /name="token" value="([^"]+)"/.exec(page.html)?.[1]
    const other = createVisitor(cloud.url)
    await other.open(request().url)
    for (const browser of [createVisitor(cloud.url), other]) {
      const answer = await browser.request('/oauth/consent', { method: 'POST', body: form({ token, answer: 'agree' }) })
      expect([answer.status, answer.headers.get('location')]).toEqual([400, null])
    }
  })

  it('lets another person sign in', async () => {
    const { browser, page } = await atConsent(cloud)
    const login = await browser.follow(await browser.follow(page, 'Not you?'), 'Sign in with Fieldnotes')
    const bob = await browser.submit(login, loginOf('bob'), 'Sign in')
    expect(bob.html).toContain('You are Bob')
    // The first page is still open in another tab: it names Alice, and agrees to nothing for Bob.
    const late = await browser.submit(page, { answer: 'agree' })
    expect([late.status, late.url]).toEqual([400, `${cloud.url}/oauth/consent`])
    expect(parametersOf(await browser.submit(bob, { answer: 'agree' })).code).toBeDefined()
  })
})

describe('the callback of the user pool', () => {
  it.each([
    ['a browser that began nothing', (url: string) => createVisitor(cloud.url).open(url), 400],
    [
      'a browser with a sign-in of its own',
      async (url: string) => {
        const browser = createVisitor(cloud.url)
        await browser.open(request().url)
        return browser.open(url)
      },
      400,
    ],
  ])('is refused in %s', async (_name, open, status) => {
    const browser = createVisitor(cloud.url)
    const login = await browser.open(request().url)
    let location = await browser.submitOnly(login, alice, 'Sign in')
    while (!location.includes('/oauth/callback'))
      location = (await browser.request(location)).headers.get('location') ?? ''
    expect((await open(location)).status).toBe(status)
    expect((await browser.open(location)).url).toBe(`${cloud.url}/oauth/consent`)
  })

  it.each(['', '?code=x', '?code=x&state=y', '?error=access_denied', '?state[]=a'])(
    'is refused with %s',
    async (query) => {
      const browser = createVisitor(cloud.url)
      await browser.open(request().url)
      expect((await browser.open(`/oauth/callback${query}`)).status).toBe(400)
    },
  )
})
