/** Browser sessions of people of Firebase: each attack beside the sign-in that works. */
import { createVisitor, type Visitor } from '@fieldnotes/local/test/visitor'
import { createSessionStore } from '@fieldnotes/table/session-store'
import { describe, expect, it } from 'vitest'
import { refreshStatus, tokensOf } from '../support/firebase-api.ts'
import { ephemeralIssuer, type SubjectChange } from '../support/own-issuer.ts'
import { ownRequest, sessionCookie } from './instance.ts'
import { ask, dueIn, itemOf, sessionOf } from './world.ts'

const { cloud, issuer } = ephemeralIssuer()

function idTokenOf(change?: SubjectChange): Promise<string> {
  return issuer().newIdToken(change)
}

/** Sends a body to `/session/firebase`, as a page of our own does. */
function send(browser: Visitor, body: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const own = ownRequest(cloud.url)
  return browser.request('/session/firebase', { ...own, headers: { ...own.headers, ...headers }, body })
}

function signIn(browser: Visitor, idToken: string): Promise<Response> {
  return send(browser, JSON.stringify({ idToken }))
}

/** A browser in which a person of Firebase has signed in. */
async function signedIn(person = 'alice'): Promise<Visitor> {
  const browser = createVisitor(cloud.url)
  expect((await signIn(browser, await idTokenOf({ person }))).status).toBe(204)
  return browser
}

function cookieOf(browser: Visitor): string {
  return browser.cookie(sessionCookie) ?? ''
}

/** Status, code of the error, and whether a cookie was set. */
async function refusal(response: Response) {
  const { errors } = (await response.json()) as { errors: readonly { extensions: { code: string; path?: string } }[] }
  return [response.status, errors[0]?.extensions.code, response.headers.getSetCookie().length]
}

/** Calls the endpoint with an ID token, as a mobile app does. */
function callEndpoint(idToken: string, query = '{ me { id } }'): Promise<Response> {
  return fetch(`${cloud.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${idToken}` },
    body: JSON.stringify({ query }),
  })
}

const profile = '{ me { id name email } }'

function secondsAgo(age: number): number {
  return Math.floor(Date.now() / 1000) - age
}

describe('a sign-in with Firebase', () => {
  it('begins a session, in which the person writes a first note', async () => {
    const browser = createVisitor(cloud.url)
    const response = await signIn(browser, await idTokenOf({ person: 'dora' }))
    expect([response.status, await response.text(), response.headers.get('cache-control')]).toEqual([
      204,
      '',
      'no-store',
    ])
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-session=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=1209600$/),
      expect.stringMatching(/^__Host-signed-out=; .*Max-Age=0$/),
    ])
    expect(await sessionOf(browser)).toMatchObject({ signedIn: true, name: 'Dora' })
    const create = 'mutation { createNote(input: { title: "First", content: "x" }) { note { title } } }'
    expect((await ask(browser, cloud.url, create)).body).toMatchObject({
      data: { createNote: { note: { title: 'First' } } },
    })
  })

  it('is of the same person as the ID token at the endpoint, with the name and the address of it', async () => {
    const browser = await signedIn('erin')
    const { body } = await ask(browser, cloud.url, profile)
    expect(body.data.me).toMatchObject({ name: 'Erin', email: 'erin@firebase.example' })
    const response = await callEndpoint(await idTokenOf({ person: 'erin' }), profile)
    expect(body).toEqual(await response.json())
  })

  it('leaves an address that is newer than the sign-in', async () => {
    const browser = await signedIn('fred')
    const newer = await idTokenOf({ person: 'fred', claims: { email: 'newer@firebase.example' } })
    expect((await callEndpoint(newer, profile)).status).toBe(200)
    expect((await ask(browser, cloud.url, profile)).body.data.me).toMatchObject({
      name: 'Fred',
      email: 'newer@firebase.example',
    })
  })

  it('is refreshed at our own issuer, and ends where the refresh token was revoked there', async () => {
    const browser = await signedIn()
    await dueIn(issuer().table, cookieOf(browser), -1)
    expect((await ask(browser, cloud.url)).status).toBe(200)
    const item = (await itemOf(issuer().table, cookieOf(browser))) as unknown as { personId: string; loginId: string }
    expect(item).toMatchObject({ version: 2, heldBy: 'own' })
    expect(await sessionOf(browser)).toMatchObject({ signedIn: true, name: 'Alice' })
    const store = createSessionStore(issuer().table, Date.now)
    expect(await store.endLogin(item.loginId)).toHaveLength(1)
    expect((await ask(browser, cloud.url)).status).toBe(401)
  })

  it('replaces the session of the browser, and the old cookie is refused', async () => {
    const [browser, thief] = [await signedIn(), createVisitor(cloud.url)]
    thief.plant(sessionCookie, cookieOf(browser))
    expect((await signIn(browser, await idTokenOf({ person: 'bob' }))).status).toBe(204)
    expect((await ask(thief, cloud.url)).status).toBe(401)
    expect(await sessionOf(browser)).toMatchObject({ signedIn: true, name: 'Bob' })
  })

  it.each([
    [
      'POST /session/logout',
      (browser: Visitor) => browser.request('/session/logout', { ...ownRequest(cloud.url), body: '' }),
    ],
    [
      'Mutation.signOut',
      (browser: Visitor) => ask(browser, cloud.url, 'mutation { signOut(input: {}) { everywhere } }'),
    ],
    [
      'signOut everywhere',
      async (browser: Visitor) => {
        // A mutation that wants a sign-in of the last five minutes, which this one is.
        const { body } = await ask(
          browser,
          cloud.url,
          'mutation { signOut(input: { everywhere: true }) { everywhere } }',
        )
        expect(body.data.signOut).toEqual({ everywhere: true })
      },
    ],
  ])('ends by %s, and no other ID token of that sign-in begins it again', async (name, end) => {
    const person = name.replace(/\W/g, '').toLowerCase()
    const claims = { auth_time: secondsAgo(60) }
    const browser = createVisitor(cloud.url)
    expect((await signIn(browser, await idTokenOf({ person, claims }))).status).toBe(204)
    await end(browser)
    expect(await sessionOf(browser)).toEqual({ signedIn: false })
    expect((await ask(browser, cloud.url)).status).toBe(401)
    expect(await refusal(await signIn(browser, await idTokenOf({ person, claims })))).toEqual([
      401,
      'UNAUTHENTICATED',
      0,
    ])
  })
})

describe('a sign-out of a session', () => {
  it('refuses each ID token of that sign-in at the endpoint, and none of another one', async () => {
    const at = (age: number) => idTokenOf({ person: 'gina', claims: { auth_time: secondsAgo(age) } })
    const claims = { auth_time: secondsAgo(60) }
    const [browser, renewed, other] = [createVisitor(cloud.url), { person: 'gina', claims }, await at(120)]
    expect((await signIn(browser, await idTokenOf(renewed))).status).toBe(204)
    const idToken = await idTokenOf(renewed)
    expect((await callEndpoint(idToken)).status).toBe(200)
    const { status, headers } = await browser.request('/session/logout', { ...ownRequest(cloud.url), body: '' })
    // The user pool has no session of this browser.
    expect([status, headers.get('location')]).toEqual([204, `${cloud.url}/`])
    await expect.poll(async () => (await callEndpoint(idToken)).status, { timeout: 15_000, interval: 200 }).toBe(401)
    expect((await callEndpoint(other)).status).toBe(200)
  })

  it('everywhere ends the refresh tokens that Firebase has given to other apps, and no other person’s', async () => {
    const [carol, bob] = [await tokensOf(cloud.url, 'carol'), await tokensOf(cloud.url, 'bob')]
    const browser = createVisitor(cloud.url)
    expect((await signIn(browser, carol.idToken)).status).toBe(204)
    expect(await refreshStatus(cloud.url, carol.refreshToken)).toBe(200)
    await ask(browser, cloud.url, 'mutation { signOut(input: { everywhere: true }) { everywhere } }')
    await expect.poll(() => refreshStatus(cloud.url, carol.refreshToken), { timeout: 15_000 }).toBe(400)
    expect(await refreshStatus(cloud.url, bob.refreshToken)).toBe(200)
  })
})

describe('an ID token', () => {
  it('is taken once, also in parallel, and its person is not signed in twice', async () => {
    const idToken = await idTokenOf({ person: 'fred' })
    const browsers = Array.from({ length: 5 }, () => createVisitor(cloud.url))
    const statuses = await Promise.all(browsers.map(async (browser) => (await signIn(browser, idToken)).status))
    expect(statuses.sort()).toEqual([204, 401, 401, 401, 401])
    expect(await refusal(await signIn(createVisitor(cloud.url), idToken))).toEqual([401, 'UNAUTHENTICATED', 0])
  })

  it('of a sign-in of the last five minutes is taken; of an older one the challenge says how old it may be', async () => {
    const fresh = await idTokenOf({ age: 280, claims: { auth_time: secondsAgo(280) } })
    expect((await signIn(createVisitor(cloud.url), fresh)).status).toBe(204)
    const old = await signIn(createVisitor(cloud.url), await idTokenOf({ claims: { auth_time: secondsAgo(302) } }))
    expect(old.headers.get('www-authenticate')).toMatch(
      /^Bearer error="insufficient_user_authentication", max_age="300"/,
    )
    expect(await old.json()).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED', remedy: { kind: 'STEP_UP', maxAge: 300 } } }],
    })
    expect(old.headers.getSetCookie()).toEqual([])
  })

  it.each([
    ['that has expired', () => idTokenOf({ age: 3700, expiresIn: -60 })],
    ['of another project', () => idTokenOf({ claims: { aud: 'another-project' } })],
    ['of another issuer', () => idTokenOf({ claims: { iss: 'https://securetoken.google.com/another-project' } })],
    ['of a person without an identity', () => idTokenOf({ claims: { firebase: { sign_in_provider: 'anonymous' } } })],
    ['of the user pool', () => issuer().subject('cognito')],
    ['of our own issuer', () => issuer().subject('fieldnotes')],
    ['with another signature', async () => `${(await idTokenOf()).slice(0, -8)}AAAAAAAA`],
  ])('%s is refused', async (_name, tokenOf) => {
    const browser = createVisitor(cloud.url)
    expect(await refusal(await signIn(browser, await tokenOf()))).toEqual([401, 'UNAUTHENTICATED', 0])
    expect(await sessionOf(browser)).toEqual({ signedIn: false })
  })
})

describe('a request', () => {
  it.each([
    ['without a body', ''],
    ['that is no JSON', '{'],
    ['that is null', 'null'],
    ['without an ID token', '{}'],
    ['with a number', '{"idToken":1}'],
    ['with a text that is no token', '{"idToken":"a.b"}'],
    ['of more than 16,384 characters', JSON.stringify({ idToken: `a.b.${'x'.repeat(16_384)}` })],
  ])('%s is BAD_USER_INPUT, and names the argument', async (_name, body) => {
    const response = await send(createVisitor(cloud.url), body)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT', path: 'idToken' } }],
    })
  })

  it.each([
    ['of another origin', { origin: 'https://evil.example' }],
    ['without our header', { 'x-fieldnotes': '' }],
    ['of a form', { 'content-type': 'text/plain' }],
    ['of another site', { 'sec-fetch-site': 'cross-site' }],
  ])('%s is refused before the token is used', async (_name, headers) => {
    const body = JSON.stringify({ idToken: await idTokenOf({ person: 'gina' }) })
    const browser = createVisitor(cloud.url)
    expect(await refusal(await send(browser, body, headers))).toEqual([403, 'FORBIDDEN', 0])
    expect((await send(browser, body)).status).toBe(204)
  })

  it('by GET is 405', async () => {
    expect((await createVisitor(cloud.url).request('/session/firebase')).status).toBe(405)
  })
})
