/** The page of connected apps at our own issuer: each attack beside the person who ends an app of theirs. */
import { randomUUID } from 'node:crypto'
import { createVisitor, type View, type Visitor } from '@fieldnotes/local/test/visitor'
import { connectApp, listConnectedApps } from '@fieldnotes/table/connected-apps'
import { seconds } from '@fieldnotes/table/instants'
import { hasEnded } from '@fieldnotes/table/lasting-ends'
import { writeRevocation } from '@fieldnotes/table/revocations'
import type { Table } from '@fieldnotes/table/table'
import { describe, expect, it } from 'vitest'
import type { Person } from '../session/world.ts'
import { alice, loginOf, request } from '../support/command-line.ts'
import { sendIdToken, tokenIn } from '../support/issuer-pages.ts'
import { claimsOf, ephemeralIssuer, form } from '../support/own-issuer.ts'

const { cloud, issuer } = ephemeralIssuer()

const appsPath = '/oauth/apps'

function table(): Table {
  return issuer().table.until({ at: Date.now() + 5000, clock: Date.now })
}

/** The id of a person of the user pool. */
async function idOf(person: string): Promise<string> {
  return String(claimsOf(await issuer().subject('fieldnotes', { person })).sub)
}

/** Connects an app to a person, and returns what its grant is known by. */
async function connected(person: string, name = 'Homestead <b>Assistant</b>') {
  const personId = await idOf(person)
  const known = { personId, clientId: `app-${randomUUID()}`, loginId: randomUUID(), authTime: seconds(Date.now()) }
  const until = seconds(Date.now()) + 1000
  await connectApp(table(), { ...known, name, scopes: ['notes:read'], expiresAt: until }, Date.now())
  return { ...known, issuer: 'fieldnotes' }
}

/** A browser in which a person of the user pool has signed in for the page. */
async function atApps(person: Person = 'alice'): Promise<{ readonly browser: Visitor; readonly page: View }> {
  const browser = createVisitor(cloud.url)
  const login = await browser.follow(await browser.open(appsPath), 'Sign in with Fieldnotes')
  const page = await browser.submit(login, loginOf(person), 'Sign in')
  expect([page.status, page.url]).toEqual([200, cloud.url + appsPath])
  return { browser, page }
}

/** The fields of the form that ends an app. */
function endForm({ html }: View, { clientId }: { readonly clientId: string }) {
  const before = html.slice(0, html.indexOf(`value="${clientId}"`))
  return { client_id: clientId, token: /.*name="token" value="([^"]+)"/s.exec(before)?.[1] ?? '' }
}

function post(browser: Visitor, fields: Readonly<Record<string, string>>): Promise<Response> {
  return browser.request(appsPath, { method: 'POST', body: form(fields) })
}

async function isLive({ personId, clientId }: { readonly personId: string; readonly clientId: string }) {
  return (await listConnectedApps(table(), personId, Date.now())).some((app) => app.clientId === clientId)
}

describe('the page of connected apps', () => {
  it('lists a person’s apps after a sign-in, and ends one of them', async () => {
    const [gone, kept, other] = [await connected('alice'), await connected('alice'), await connected('bob')]
    const { browser, page } = await atApps()
    for (const text of ['You are Alice', 'Homestead &#60;b&#62;', 'Read your notes', 'Last used on', 'ten minutes'])
      expect(page.html).toContain(text)
    expect(page.html).not.toContain(other.clientId)
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'.*frame-ancestors 'none'$/)
    expect([page.headers.get('cache-control'), page.html.includes('<script')]).toEqual(['no-store', false])
    const ended = await post(browser, endForm(page, gone))
    expect([ended.status, ended.headers.get('location')]).toEqual([303, appsPath])
    expect(await hasEnded(table(), gone)).toBe(true)
    expect(await Promise.all([gone, kept, other].map(isLive))).toEqual([false, true, true])
    expect((await browser.open(appsPath)).html).not.toContain(gone.clientId)
  })

  it('lists those of a person of Firebase, who has none of the person of the same name', async () => {
    const app = await connected('alice')
    const browser = createVisitor(cloud.url)
    const page = await browser.follow(await browser.open(appsPath), 'Sign in with Firebase')
    const list = await sendIdToken(browser, page, await issuer().newIdToken())
    expect([list.status, new URL(list.url).pathname]).toEqual([200, appsPath])
    expect(list.html).toContain('You are Alice')
    expect(list.html).not.toContain(app.clientId)
  })

  it('is not shown to a page that knew the cookie with which the sign-in began', async () => {
    const app = await connected('alice')
    const name = '__Host-oauth-apps'
    const attacker = createVisitor(cloud.url)
    const own = createVisitor(cloud.url)
    const choice = await own.open(appsPath)
    const before = [name, `${name}.sig`].map((each) => [each, own.cookie(each) ?? ''] as const)
    const login = await own.follow(choice, 'Sign in with Fieldnotes')
    const list = await own.submit(login, alice, 'Sign in')
    expect(list.html).toContain(app.clientId)
    for (const [each, value] of before) attacker.plant(each, value)
    expect((await attacker.open(appsPath)).html).not.toContain(app.clientId)
  })

  it('takes each form once, also of eight at the same time', async () => {
    const app = await connected('alice')
    const { browser, page } = await atApps()
    const sent = await Promise.all(Array.from({ length: 8 }, () => post(browser, endForm(page, app))))
    expect(sent.map(({ status }) => status).sort()).toEqual([303, ...Array(7).fill(400)])
    expect((await post(browser, endForm(page, app))).status).toBe(400)
  })

  it('takes no form of another app, person or browser, and none that is changed', async () => {
    const [app, second, bobs] = [await connected('alice'), await connected('alice'), await connected('bob')]
    const { browser, page } = await atApps()
    const bob = await atApps('bob')
    const { token } = endForm(page, app)
    const refused: readonly (readonly [Visitor, Readonly<Record<string, string>>])[] = [
      [browser, { client_id: app.clientId }],
      [browser, { client_id: app.clientId, token: 'x'.repeat(43) }],
      [browser, { client_id: app.clientId, token: endForm(page, second).token }],
      [browser, { client_id: bobs.clientId, token }],
      [browser, endForm(bob.page, bobs)],
      [browser, { client_id: '__proto__', token }],
      [bob.browser, endForm(page, app)],
      [(await atApps()).browser, endForm(page, app)],
      [createVisitor(cloud.url), endForm(page, app)],
    ]
    for (const [visitor, fields] of refused) expect((await post(visitor, fields)).status).toBe(400)
    expect(await Promise.all([app, second, bobs].map(isLive))).toEqual([true, true, true])
    expect((await post(browser, endForm(page, app))).status).toBe(303)
  })

  it('believes no cookie that it has not given to this browser after a sign-in', async () => {
    const { browser } = await atApps()
    const cookie = browser.cookie('__Host-oauth-apps') ?? ''
    for (const signature of [undefined, 'x'.repeat(27)]) {
      const other = createVisitor(cloud.url)
      other.plant('__Host-oauth-apps', cookie)
      if (signature) other.plant('__Host-oauth-apps.sig', signature)
      expect((await other.open(appsPath)).html).toContain('How do you sign in?')
    }
    const begun = createVisitor(cloud.url)
    await begun.open(appsPath)
    const planted = begun.cookie('__Host-oauth-apps')
    const login = await begun.follow(await begun.open(`${appsPath}?again`), 'Sign in with Fieldnotes')
    await begun.submit(login, alice, 'Sign in')
    expect(begun.cookie('__Host-oauth-apps')).not.toBe(planted)
    expect((await browser.open(appsPath)).html).toContain('You are Alice')
  })

  it('is the browser’s that has begun the sign-in, beside a sign-in for an app', async () => {
    const browser = createVisitor(cloud.url)
    const choice = await browser.open(appsPath)
    const forApp = await browser.open(request().url)
    const login = await browser.follow(choice, 'Sign in with Fieldnotes')
    const fields = loginOf('carol')
    let location = await browser.submitOnly(login, fields, 'Sign in')
    while (!location.includes('/oauth/callback'))
      location = (await browser.request(location)).headers.get('location') ?? ''
    const victim = createVisitor(cloud.url)
    await victim.open(appsPath)
    for (const other of [createVisitor(cloud.url), victim]) expect((await other.open(location)).status).toBe(400)
    expect((await browser.open(location)).html).toContain('Connected apps')
    expect((await browser.submit(forApp, fields, 'Sign in')).url).toBe(`${cloud.url}/oauth/consent`)
  })

  it('takes no form of Firebase of a sign-in for an app, and no sign-in that was not begun', async () => {
    const browser = createVisitor(cloud.url)
    expect((await browser.open('/oauth/sign-in/firebase?apps')).status).toBe(400)
    await browser.open(appsPath)
    const page = await browser.open(request({ provider: 'Firebase' }).url)
    const body = form({ token: tokenIn(page), id_token: await issuer().subject('firebase') })
    expect((await browser.request('/oauth/sign-in/firebase?apps', { method: 'POST', body })).status).toBe(400)
  })

  it('ends with the sign-ins of its person', async () => {
    const { browser } = await atApps('carol')
    expect((await browser.open(appsPath)).html).toContain('You are Carol')
    const end = { kind: 'person', personId: await idOf('carol'), at: seconds(Date.now()) } as const
    await writeRevocation(table(), end, Date.now())
    expect((await browser.open(appsPath)).html).toContain('How do you sign in?')
    expect((await post(browser, { client_id: 'x', token: 'x' })).status).toBe(400)
  })
})
