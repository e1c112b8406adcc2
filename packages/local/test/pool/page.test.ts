/** What holds for every page of the user pool. */
import { describe, expect, it } from 'vitest'
import { open } from './kit/hosted.ts'
import { createVisitor } from './kit/visitor.ts'

describe('a page', () => {
  it('has no script, no frame and no copy', async () => {
    const { app, visitor } = await open()
    const { headers, html } = await visitor.open((await app.start()).url)
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
    )
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-frame-options': 'DENY',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
    })
    expect(html).not.toMatch(/<script|style="|\son\w+="/)
  })

  it('of another browser’s sign-in is not shown, and takes no form', async () => {
    const { pool, app, visitor } = await open()
    const view = await visitor.open((await app.start()).url)
    const stranger = createVisitor(pool.url)
    expect((await stranger.open(view.url)).status).toBe(400)
    const form = await stranger.submit(view, { username: 'alice', password: 'fieldnotes-alice' }, 'Sign in')
    expect(form.status).toBe(400)
  })

  it('of two sign-ins in one browser stay apart', async () => {
    const { app, visitor } = await open()
    const [one, two] = [await app.start(), await app.start()]
    const views = [await visitor.open(one.url), await visitor.open(two.url)] as const
    const first = await visitor.submit(views[0], { username: 'alice', password: 'fieldnotes-alice' }, 'Sign in')
    expect(first.url).toContain(`state=${one.state}`)
  })

  it.each([
    ['another origin', { origin: 'https://evil.example' }, 403],
    ['a page of another port', { origin: 'http://localhost:3000' }, 403],
    ['a sandbox', { origin: 'null' }, 403],
    ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['another content type', { 'content-type': 'text/plain' }, 415],
  ])('takes no form of %s', async (_name, headers, status) => {
    const { pool } = await open()
    const own = { 'content-type': 'application/x-www-form-urlencoded', ...headers }
    const body = 'username=alice&password=fieldnotes-alice'
    const response = await fetch(`${pool.issuer}/second-factor`, { method: 'POST', headers: own, body })
    expect(response.status).toBe(status)
    const twin = {
      'content-type': own['content-type'] === 'text/plain' ? 'application/x-www-form-urlencoded' : own['content-type'],
    }
    expect((await fetch(`${pool.issuer}/second-factor`, { method: 'POST', headers: twin, body })).status).toBe(200)
  })

  it('takes no form of more than 64 KB', async () => {
    const { pool } = await open()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const body = `username=${'x'.repeat(70_000)}`
    expect((await fetch(`${pool.issuer}/second-factor`, { method: 'POST', headers, body })).status).toBe(413)
  })

  it('is answered for other methods by 405, and for other paths by the endpoint', async () => {
    const { pool } = await open()
    const token = await fetch(`${pool.issuer}/oauth2/token`)
    expect([token.status, token.headers.get('allow')]).toEqual([405, 'POST'])
    for (const path of ['/x', '/login/x/y', '/oauth2', '/login/x/__proto__'])
      expect((await fetch(`${pool.issuer}${path}`)).status).toBe(404)
  })
})
