/** Signing in and out in a browser, over HTTP: the cookie, the callback, the session that it replaces. */
import { digestOf } from '@fieldnotes/table/digest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ownRequest, sessionCookie } from './instance.ts'
import { ask, sessionOf, signInAt, signInCookiesIn, startWorld, untilCallback, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())

/** The address to which the provider sends a browser that has signed in, which is not opened. */
async function callbackOf(path = '/session/login'): Promise<string> {
  const browser = world.newBrowser()
  const { callback } = await untilCallback(browser, path)
  return callback
}

describe('a sign-in', () => {
  it('ends at the path of `return`, with one cookie and nothing else', async () => {
    const browser = world.newBrowser()
    const page = await signInAt(browser, '/session/login?return=/health', 'alice')
    expect(page).toMatchObject({ url: `${world.url}/health`, status: 200 })
    expect(
      browser
        .cookies()
        .split(' ')
        .filter((name) => name.startsWith('__Host-')),
    ).toEqual([sessionCookie])
    expect(browser.cookie(sessionCookie)).toMatch(/^[\w-]{43}$/)
  })

  it('is shown with name and end, and reading it prolongs nothing', async () => {
    const browser = await world.signedIn()
    const shown = await sessionOf(browser)
    expect(shown).toEqual({
      signedIn: true,
      name: 'Alice',
      expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}Z$/),
    })
    expect(Object.keys(shown)).toEqual(['signedIn', 'name', 'expiresAt'])
    expect(await sessionOf(browser)).toEqual(shown)
    expect(await sessionOf(world.newBrowser())).toEqual({ signedIn: false })
  })

  it('answers GraphQL as the person, and the log says that it came by a session', async () => {
    const browser = await world.signedIn()
    const { status, body } = await ask(browser, world.url, '{ me { id name } }')
    expect([status, body.data.me.name]).toEqual([200, 'Alice'])
    expect(world.logged()).toMatch(/"via":"session"/)
  })

  it('starts with 303, state, nonce and a challenge, which are new each time', async () => {
    const browser = world.newBrowser()
    const starts = await Promise.all(
      [1, 2].map(() => browser.request('/session/login?provider=Google&prompt=login&max_age=300')),
    )
    const queries = starts.map(({ headers }) => new URL(String(headers.get('location'))).searchParams)
    for (const response of starts) {
      expect([response.status, response.headers.get('cache-control')]).toEqual([303, 'no-store'])
      expect(response.headers.getSetCookie()).toEqual([
        expect.stringMatching(
          /^__Host-login-[\w-]{12}=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=600$/,
        ),
      ])
    }
    expect(Object.fromEntries(queries[0] ?? [])).toMatchObject({
      client_id: 'localsession0001',
      response_type: 'code',
      redirect_uri: `${world.url}/session/callback`,
      code_challenge_method: 'S256',
      identity_provider: 'Google',
      prompt: 'login',
      max_age: '300',
    })
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(new Set(queries.map((query) => query.get(name))).size).toBe(2)
  })

  it.each([
    ['provider', 'Google%0d%0a'],
    ['provider', ''],
    ['prompt', 'evil'],
    ['max_age', '-1'],
    ['max_age', '1e9'],
  ])('refuses %s=%s, and names it', async (name, value) => {
    const response = await world.newBrowser().request(`/session/login?${name}=${value}`)
    const body = await response.json()
    expect([response.status, body.errors[0].extensions]).toEqual([400, { code: 'BAD_USER_INPUT', path: name }])
  })

  it('begins at the origin, whatever name of this machine the browser uses', async () => {
    const { port } = new URL(world.url)
    const response = await fetch(`http://localhost:${port}/session/login?return=/notes`, { redirect: 'manual' })
    expect([response.status, response.headers.get('location')]).toEqual([
      303,
      `${world.url}/session/login?return=/notes`,
    ])
  })
})

describe('a callback', () => {
  const refused = { status: 400, html: expect.stringContaining('could not be finished') }

  it('of its own browser works, once', async () => {
    const { browser, callback } = await untilCallback(world.newBrowser(), '/session/login?return=/health')
    const again = world.newBrowser()
    const [[name = '', value = ''] = []] = signInCookiesIn(browser).map((cookie) => cookie.split('='))
    again.plant(name, value)
    expect((await browser.open(callback)).url).toBe(`${world.url}/health`)
    expect(await again.open(callback)).toMatchObject(refused)
    expect(again.cookie(sessionCookie)).toBeUndefined()
  })

  it('at the same time twice gives one session', async () => {
    const { browser, callback } = await untilCallback(world.newBrowser())
    const statuses = await Promise.all([1, 2].map(async () => (await browser.request(callback)).status))
    expect(statuses.sort()).toEqual([303, 400])
  })

  it.each([
    ['in a browser that started nothing', async () => world.newBrowser()],
    [
      'in a browser that started a sign-in of its own',
      async () => {
        const browser = world.newBrowser()
        await browser.request('/session/login')
        return browser
      },
    ],
    [
      'in a browser with a cookie of another form',
      async (callback: string) => {
        const browser = world.newBrowser()
        const state = new URL(callback).searchParams.get('state') ?? ''
        browser.plant(`__Host-login-${digestOf(state).slice(0, 12)}`, 'x')
        return browser
      },
    ],
    ['in a browser that is signed in as another person', async () => world.signedIn('bob')],
  ])("of an attacker's sign-in is refused %s", async (_name, victimOf) => {
    const callback = await callbackOf()
    const victim = await victimOf(callback)
    const before = victim.cookie(sessionCookie)
    expect(await victim.open(callback)).toMatchObject(refused)
    expect(victim.cookie(sessionCookie)).toBe(before)
  })

  it("of an attacker's sign-in can still be finished in the browser that started it", async () => {
    const { browser, callback } = await untilCallback(world.newBrowser())
    await world.newBrowser().open(callback)
    expect(await browser.open(callback)).toMatchObject({ status: expect.any(Number) })
    expect(browser.cookie(sessionCookie)).toBeDefined()
  })

  it.each([
    ['without a state', (query: URLSearchParams) => query.delete('state')],
    ['with another state', (query: URLSearchParams) => query.set('state', 'x'.repeat(43))],
    ['with two states', (query: URLSearchParams) => query.append('state', String(query.get('state')))],
    ['with two codes', (query: URLSearchParams) => query.append('code', 'x')],
    ['without a code', (query: URLSearchParams) => query.delete('code')],
    ['with another code', (query: URLSearchParams) => query.set('code', 'x'.repeat(43))],
    ['of another issuer', (query: URLSearchParams) => query.set('iss', 'https://evil.example')],
    ['without its issuer', (query: URLSearchParams) => query.delete('iss')],
    ['with an error of the provider', (query: URLSearchParams) => query.set('error', 'access_denied')],
  ])('%s is refused', async (_name, change) => {
    const { browser, callback } = await untilCallback(world.newBrowser())
    const url = new URL(callback)
    change(url.searchParams)
    expect(await browser.open(url.href)).toMatchObject(refused)
    expect(browser.cookie(sessionCookie)).toBeUndefined()
  })

  it('with the code of another sign-in of the same browser is refused', async () => {
    const browser = world.newBrowser()
    const one = new URL((await untilCallback(browser)).callback)
    const other = new URL((await untilCallback(world.newBrowser())).callback)
    one.searchParams.set('code', String(other.searchParams.get('code')))
    expect(await browser.open(one.href)).toMatchObject(refused)
  })

  it('that another site leads to shows nothing of what was sent, and ends no sign-in of this browser', async () => {
    const { browser, callback } = await untilCallback(world.newBrowser(), '/session/login?return=/health')
    const page = await browser.open('/session/callback?state=%3Cscript%3E&code=%3Cscript%3E&error_description=secret')
    expect(page).toMatchObject(refused)
    expect(page.html).not.toMatch(/script|secret/)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect((await browser.open(callback)).url).toBe(`${world.url}/health`)
  })
})

describe('`return` to another origin', () => {
  it.each(
    [
      '//evil.example',
      '/\\evil.example',
      '\\\\evil.example',
      'https:evil.example',
      'https://evil.example/',
      '/.//evil.example',
      '/%09/evil.example',
      'javascript:alert(1)',
      '/a\r\nset-cookie:x=1',
      '/session/login',
      `/${'x'.repeat(2000)}`,
    ].map((target) => [target.slice(0, 30), target]),
  )('is ignored: %j', async (_name, target = '') => {
    const { callback, browser } = await untilCallback(
      world.newBrowser(),
      `/session/login?return=${encodeURIComponent(target)}`,
    )
    const location = (await browser.request(callback)).headers.get('location') ?? ''
    expect(new URL(location, world.url).origin).toBe(world.url)
    if (target !== '/%09/evil.example') expect(location).toBe('/')
  })

  it('is followed where it is a path of our own', async () => {
    const { callback, browser } = await untilCallback(world.newBrowser(), '/session/login?return=%2Fnotes%3Fq%3D1%23a')
    expect((await browser.request(callback)).headers.get('location')).toBe('/notes?q=1#a')
  })
})

describe('a session', () => {
  it('gets a new cookie at each sign-in, and the old one is refused (fixation)', async () => {
    const browser = await world.signedIn()
    const old = browser.cookie(sessionCookie) ?? ''
    await browser.open('/session/login?return=/health')
    expect(browser.cookie(sessionCookie)).not.toBe(old)
    const thief = world.newBrowser()
    thief.plant(sessionCookie, old)
    expect((await ask(thief, world.url)).status).toBe(401)
    expect((await ask(browser, world.url)).status).toBe(200)
  })

  it('is not taken over from a cookie that was planted before the sign-in', async () => {
    const browser = world.newBrowser()
    const planted = 'p'.repeat(43)
    browser.plant(sessionCookie, planted)
    await signInAt(browser, '/session/login?return=/health', 'alice')
    expect(browser.cookie(sessionCookie)).not.toBe(planted)
    const attacker = world.newBrowser()
    attacker.plant(sessionCookie, planted)
    expect(await sessionOf(attacker)).toEqual({ signedIn: false })
  })

  it('ends by sign-out: 204, the address of the provider, no cookie', async () => {
    const browser = await world.signedIn()
    const thief = world.newBrowser()
    thief.plant(sessionCookie, browser.cookie(sessionCookie) ?? '')
    const response = await browser.request('/session/logout', { ...ownRequest(world.url), body: '' })
    expect([response.status, await response.text()]).toEqual([204, ''])
    const location = new URL(String(response.headers.get('location')))
    expect([location.pathname, location.searchParams.get('logout_uri')]).toEqual([
      '/cognito/eu-west-1_Local0001/logout',
      `${world.url}/`,
    ])
    expect(browser.cookie(sessionCookie)).toBeUndefined()
    for (const each of [browser, thief]) expect(await sessionOf(each)).toEqual({ signedIn: false })
    expect((await ask(thief, world.url)).status).toBe(401)
    expect((await browser.request(location.href)).status).toBe(303)
  })

  it('has the same sign-out without a session', async () => {
    const response = await world.newBrowser().request('/session/logout', { ...ownRequest(world.url), body: '' })
    expect(response.status).toBe(204)
  })

  it.each([
    ['in time', 200, 303],
    ['too late', 400, 401],
  ])('counts as a new sign-in of the last 300 seconds, %s', async (_name, ahead, status) => {
    const instance = await world.newInstance({ ahead })
    const { browser, callback } = await untilCallback(world.newBrowser(), '/session/login?max_age=300&prompt=login')
    const result = await instance.open(callback, ...signInCookiesIn(browser))
    expect(result.statusCode).toBe(status)
    const challenge = status === 401 ? expect.stringContaining('max_age="300"') : undefined
    expect(result.headers?.['www-authenticate']).toEqual(challenge)
    expect((result.cookies ?? []).filter((line) => line.startsWith(sessionCookie))).toHaveLength(status === 303 ? 1 : 0)
  })
})
