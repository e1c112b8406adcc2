/** A sign-in belongs to the browser that began it: one with a live sign-in of its own can't go on with another's. */
import { describe, expect, it, vi } from 'vitest'
import { arrived, type Opened, open } from './kit/hosted.ts'
import { createVisitor } from './kit/visitor.ts'

/** Begins a sign-in as a browser does: the address of its first page, and the cookies of the sign-in. */
async function begin({ app }: Opened) {
  const { url } = await app.start()
  const response = await fetch(url, { redirect: 'manual' })
  const cookies = response.headers.getSetCookie().map((line) => line.split(';', 1).join(''))
  const page = new URL(response.headers.get('location') ?? '', url).href
  return { page, cookie: cookies.filter((pair) => pair.startsWith('cognito-sign-in')).join('; ') }
}

function post(url: string, cookie: string, fields: Readonly<Record<string, string>>) {
  return fetch(url, { method: 'POST', redirect: 'manual', headers: { cookie }, body: new URLSearchParams(fields) })
}

const paths = ['', '/signup', '/confirm', '/forgot', '/reset', '/code', '/google']

describe('a browser with a sign-in of its own', () => {
  it.each(paths)("does not open the page %j of another's", async (path) => {
    const opened = await open()
    const [own, other] = [await begin(opened), await begin(opened)]
    const get = (url: string) => fetch(url + path, { redirect: 'manual', headers: { cookie: own.cookie } })
    expect((await get(own.page)).status).toBeLessThan(400)
    expect((await get(other.page)).status).toBe(400)
  })

  it("sends no password to another's sign-in", async () => {
    const opened = await open()
    const [own, other] = [await begin(opened), await begin(opened)]
    const alice = { username: 'alice', password: 'fieldnotes-alice' }
    expect((await post(other.page, own.cookie, alice)).status).toBe(400)
    expect((await post(own.page, own.cookie, alice)).status).toBe(303)
  })

  it("does not go on with another's answer of Google", async () => {
    const opened = await open()
    const { app, pool, visitor } = opened
    const page = await visitor.follow(await visitor.open((await app.start()).url), 'Continue with Google')
    // The attacker reads the answer of the provider, and does not follow it: each request to it fails.
    const { fetch: send } = globalThis
    let answer = ''
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (url, init) => {
      if (!String(url).includes('/oauth2/idpresponse')) return send(url, init)
      answer = String(url)
      return new Response('', { status: 200 })
    })
    await visitor.submit(page, {}, 'Alice of Google')
    vi.restoreAllMocks()
    const own = await begin(opened)
    const { search } = new URL(answer)
    const victims = await fetch(`${own.page}/google${search}`, { redirect: 'manual', headers: { cookie: own.cookie } })
    expect([victims.status, await victims.text()]).toEqual([
      400,
      expect.stringContaining('did not confirm who you are'),
    ])
    // The legitimate twin: the browser that began it goes on with an answer of its own.
    const again = createVisitor(pool.url)
    const start = await again.follow(await again.open((await app.start()).url), 'Continue with Google')
    expect(arrived(await again.submit(start, {}, 'Alice of Google'))).toBe(true)
  })
})
