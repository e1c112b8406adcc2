/** After a sign-out: the next sign-in of that browser is a new one at the provider, and the provider is informed. */
import type { Visitor } from '@fieldnotes/local/test/visitor'
import { createSessionStore } from '@fieldnotes/table/session-store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ownRequest, sessionCookie } from './instance.ts'
import { ask, itemOf, sessionOf, signInAt, signInCookiesIn, startWorld, untilCallback, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())

/** The value of `prompt` in the address to which a sign-in leads. */
async function promptOf(browser: Visitor, path = '/session/login'): Promise<string | null> {
  const { status, headers } = await browser.request(path)
  expect(status).toBe(303)
  return new URL(String(headers.get('location'))).searchParams.get('prompt')
}

async function storedSession(browser: Visitor) {
  const item = await itemOf(world.access, browser.cookie(sessionCookie) ?? '')
  return item as unknown as { readonly personId: string; readonly loginId: string }
}

async function revokeFrom(other: Visitor): Promise<void> {
  const { body } = await ask(other, world.url, '{ me { sessions { nodes { id current } } } }')
  for (const { id, current } of body.data.me.sessions.nodes)
    if (!current) await ask(other, world.url, `mutation { revokeSession(input: { id: "${id}" }) { refusedFrom } }`)
}

function store() {
  return createSessionStore(world.access, Date.now)
}

function signOutOf(everywhere: boolean): string {
  return `mutation { signOut(input: { everywhere: ${everywhere} }) { endedUntil } }`
}

/** What ends the session of a browser → how. */
const ends: Readonly<Record<string, (browser: Visitor) => Promise<unknown>>> = {
  'POST /session/logout': (browser) => browser.request('/session/logout', { ...ownRequest(world.url), body: '' }),
  'Mutation.signOut': (browser) => ask(browser, world.url, signOutOf(false)),
  'revokeSession in another browser': async () => revokeFrom(await world.signedIn('bob')),
  'an operator, who knows the sign-in': async (browser) => store().endLogin((await storedSession(browser)).loginId),
  'an operator, who knows the person': async (browser) =>
    store().endAll((await storedSession(browser)).personId, Number.POSITIVE_INFINITY),
  'signOut everywhere': (browser) => ask(browser, world.url, signOutOf(true)),
}

describe('a browser that was signed out', () => {
  it.each(Object.entries(ends))('by %s has to sign in anew', async (_name, end) => {
    const browser = await world.signedIn('bob')
    expect(await promptOf(browser)).toBeNull()
    await end(browser)
    expect(await sessionOf(browser)).toEqual({ signedIn: false })
    for (const query of ['', '?prompt=none', '?prompt=select_account&return=/health'])
      expect(await promptOf(browser, `/session/login${query}`)).toBe('login')
  })

  it('is as any other after it has signed in anew', async () => {
    const browser = await world.signedIn()
    await browser.request('/session/logout', { ...ownRequest(world.url), body: '' })
    expect(browser.cookie('__Host-signed-out')).toBe('1')
    await signInAt(browser, '/session/login?return=/health', 'alice')
    expect(await sessionOf(browser)).toMatchObject({ signedIn: true })
    const own = browser.cookies().split(' ')
    expect(own.filter((name) => name.startsWith('__Host-'))).toEqual([sessionCookie])
    expect(await promptOf(browser)).toBeNull()
  })

  it('gets no session from a sign-in that was started before: it starts again', async () => {
    const browser = await world.signedIn()
    const { headers } = await browser.request('/session/login?return=/health&max_age=300')
    const silent = await browser.request(String(headers.get('location')))
    const callback = await callbackFrom(browser, silent)
    await ask(browser, world.url, signOutOf(false))
    const response = await browser.request(callback)
    const again = '/session/login?max_age=300&prompt=login&return=%2Fhealth'
    expect([response.status, response.headers.get('location')]).toEqual([303, again])
    expect(await sessionOf(browser)).toEqual({ signedIn: false })
    expect(signInCookiesIn(browser)).toEqual([])
  })
})

/** Follows the provider, which knows the person, until the address of the callback. */
async function callbackFrom(browser: Visitor, first: Response): Promise<string> {
  let next = first.headers.get('location') ?? ''
  for (let step = 0; step < 5 && !next.includes('/session/callback'); step += 1)
    next = (await browser.request(next)).headers.get('location') ?? ''
  return next
}

describe('two tabs', () => {
  it('can both finish their sign-in, and the last one counts', async () => {
    const browser = world.newBrowser()
    const one = await untilCallback(browser, '/session/login?return=/health')
    const other = await browser.request('/session/login?return=/health')
    const second = await callbackFrom(browser, await browser.request(String(other.headers.get('location'))))
    expect((await browser.open(one.callback)).url).toBe(`${world.url}/health`)
    const first = browser.cookie(sessionCookie)
    expect((await browser.open(second)).url).toBe(`${world.url}/health`)
    expect(browser.cookie(sessionCookie)).not.toBe(first)
    expect(signInCookiesIn(browser)).toEqual([])
  })

  it('of any number leave five started sign-ins in the browser, the last ones', async () => {
    const browser = world.newBrowser()
    for (let count = 0; count < 8; count += 1) await browser.request('/session/login')
    expect(signInCookiesIn(browser)).toHaveLength(5)
    expect(await signInAt(browser, '/session/login?return=/health', 'alice')).toMatchObject({ status: 200 })
  })
})

describe('the provider', () => {
  it('is informed of a session that its person has ended elsewhere, though they never come back', async () => {
    const [browser, instance] = [await world.signedIn('carol'), await world.newInstance()]
    const cookie = browser.cookie(sessionCookie) ?? ''
    await revokeFrom(await world.signedIn('carol'))
    expect(await instance.informPending()).toBe(0)
    expect(await itemOf(world.access, cookie)).toBeUndefined()
  })

  it('that is out of reach is informed by a later pass', async () => {
    const browser = await world.signedIn('carol')
    const cookie = browser.cookie(sessionCookie) ?? ''
    const down = await world.newInstance({ fetch: () => Promise.reject(new TypeError('fetch failed')) })
    expect((await down.signOut(cookie)).statusCode).toBe(204)
    expect(await down.informPending()).toBeGreaterThan(0)
    expect(await itemOf(world.access, cookie)).toHaveProperty('endedAt')
    expect(await (await world.newInstance()).informPending()).toBe(0)
    expect(await itemOf(world.access, cookie)).toBeUndefined()
  })
})

describe('a sign-in at the same time as a sign-out everywhere', () => {
  it.each(['alice', 'carol'] as const)('leaves no session of a sign-in before it: %s', async (person) => {
    const known = await world.signedIn(person)
    const { personId } = await storedSession(known)
    const { browser, callback } = await untilCallback(world.newBrowser(), '/session/login', person)
    const [{ body }] = await Promise.all([ask(known, world.url, signOutOf(true)), browser.request(callback)])
    const until = Date.parse(body.data.signOut.endedUntil) / 1000
    const left = (await store().list(personId)).filter(({ signedInAt }) => signedInAt <= until)
    expect(left).toEqual([])
  })
})
