/** No token, code, cookie or secret leaves the server: a scan of every answer, page, log line and stored item. */
import type { Visitor } from '@fieldnotes/local/test/visitor'
import { writeRevocation } from '@fieldnotes/table/revocations'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ownRequest, sessionCookie } from './instance.ts'
import { ask, dueIn, itemOf, signInAt, startWorld, untilCallback, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())

/** A JWT: a header and claims as base64url of JSON. Also an opaque token in a member of that name. */
const jwt = /eyJ[\w-]{10,}\.[\w-]{10,}/
const member = /"(?:access_token|refresh_token|id_token|client_secret|code_verifier|accessToken|refreshToken)"/

/** What this browser was given to keep, and what the provider sent through its address bar. */
function secretsOf(browser: Visitor, callback: string): readonly string[] {
  const { searchParams } = new URL(callback)
  return [browser.cookie(sessionCookie), searchParams.get('code'), searchParams.get('state')].filter(
    (secret) => secret !== null && secret !== undefined && secret !== '',
  ) as string[]
}

/** The text of a response with its headers, without the cookies that it sets. */
async function textOf(response: Response): Promise<string> {
  const headers = [...response.headers].filter(([name]) => name !== 'set-cookie')
  return `${response.status} ${JSON.stringify(headers)} ${await response.text()}`
}

/** A whole visit: sign in, use, refresh, failures of all kinds, sign out. Returns its answers and secrets. */
async function visit() {
  const browser = world.newBrowser()
  const { callback } = await untilCallback(browser, '/session/login?return=/health')
  const answers = [await textOf(await browser.request(callback))]
  const secrets = secretsOf(browser, callback)
  const cookie = browser.cookie(sessionCookie) ?? ''
  const paths = ['/session', '/session/other', callback]
  for (const path of paths) answers.push(await textOf(await browser.request(path)))
  answers.push((await ask(browser, world.url)).text)
  await dueIn(world.access, cookie, -1)
  answers.push((await ask(browser, world.url, '{ nothing }')).text)
  const { headers, ...init } = ownRequest(world.url)
  const bad = [
    { ...headers, authorization: `Bearer ${cookie}` },
    { ...headers, origin: 'https://evil.example' },
  ]
  for (const sent of bad)
    answers.push(await textOf(await browser.request('/session/graphql', { ...init, headers: sent })))
  const item = await itemOf(world.access, cookie)
  answers.push(await textOf(await browser.request('/session/logout', { ...init, headers, body: '' })))
  return { answers, secrets, item }
}

describe('a whole visit', () => {
  it('shows no secret in an answer, a page or a header', async () => {
    const { answers, secrets } = await visit()
    expect([answers.length, secrets.length]).toEqual([9, 3])
    for (const answer of answers) {
      expect(answer).not.toMatch(jwt)
      expect(answer).not.toMatch(member)
      expect(secrets.filter((secret) => answer.includes(secret))).toEqual([])
    }
  })

  it('logs no secret', async () => {
    const { secrets } = await visit()
    await failures()
    const logged = world.logged()
    expect(logged).toMatch(/"refused"/)
    expect(logged).not.toMatch(jwt)
    expect(logged).not.toMatch(/Bearer ey|fieldnotes-alice/)
    expect(secrets.filter((secret) => logged.includes(secret))).toEqual([])
  })

  it('stores no secret that a door would accept', async () => {
    const { secrets, item } = await visit()
    const stored = Object.values(item ?? {}).map((value) =>
      Buffer.from(value instanceof Uint8Array ? value : String(value)).toString('latin1'),
    )
    expect(stored.length).toBeGreaterThan(10)
    for (const value of stored) {
      expect(value).not.toMatch(jwt)
      expect(secrets.filter((secret) => value.includes(secret))).toEqual([])
    }
  })

  it('would be noticed if it did: the scan finds what is there', () => {
    expect('a eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.x').toMatch(jwt)
    expect('{"refresh_token":"x"}').toMatch(member)
  })
})

/** Errors of every kind that a log could quote. */
async function failures(): Promise<void> {
  const failing: typeof fetch = async (input, init) => {
    if (String(init?.body).includes('grant_type=')) throw new TypeError(`fetch failed: ${init?.body}`)
    return fetch(input, init)
  }
  const browser = await world.signedIn()
  const cookie = browser.cookie(sessionCookie) ?? ''
  await dueIn(world.access, cookie, -1)
  expect((await (await world.newInstance({ fetch: failing })).call(cookie)).status).toBe(503)
  await signInAt(world.newBrowser(), '/session/login', 'bob')
}

describe('a revoked sign-in', () => {
  it('is refused in its session too, and a sign-out revokes it at every door', async () => {
    const browser = await world.signedIn('bob')
    const cookie = browser.cookie(sessionCookie) ?? ''
    const { loginId } = (await itemOf(world.access, cookie)) as unknown as { loginId: string }
    expect((await (await world.newInstance()).call(cookie)).status).toBe(200)
    await writeRevocation(world.access, { kind: 'login', loginId }, Date.now())
    expect((await (await world.newInstance()).call(cookie)).status).toBe(401)
    const shown = await (await world.newInstance()).open('/session', `${sessionCookie}=${cookie}`)
    expect(shown.body).toBe('{"signedIn":false}')
    const other = await world.signedIn('bob')
    const item = await itemOf(world.access, other.cookie(sessionCookie) ?? '')
    await other.request('/session/logout', { ...ownRequest(world.url), body: '' })
    const { items } = await world.access.query({ pk: 'REVOKED', between: ['0', ':'], forward: true, limit: 100 })
    expect(items.map(({ sk }) => sk.slice(11))).toContain(`login#${item?.loginId}`)
  })
})
