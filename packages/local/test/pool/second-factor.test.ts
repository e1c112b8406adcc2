/** The pages of a second factor. */
import { TOTP } from 'otpauth'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { arrived, later, open, signIn } from './kit/hosted.ts'
import { createVisitor } from './kit/visitor.ts'

afterEach(() => {
  vi.useRealTimers()
})

describe('a second factor', () => {
  async function enrolled() {
    const opened = await open()
    const { pool, visitor } = opened
    const first = await visitor.open(`${pool.issuer}/second-factor`)
    const page = await visitor.submit(first, { username: 'alice', password: 'fieldnotes-alice' })
    const [, secret = ''] = /id="secret">([A-Z2-7]{32})</.exec(page.html) ?? []
    const totp = new TOTP({ secret })
    const done = await visitor.submit(page, { code: totp.generate() })
    return { ...opened, totp, done }
  }

  it('is needed after the password, and its code works once', async () => {
    const { pool, app, totp, done, visitor } = await enrolled()
    expect(done.html).toContain('The second factor is added.')
    const { view } = await signIn({ app, visitor }, 'alice', 'fieldnotes-alice')
    expect(view.html).toContain('authenticator app')
    // The code of the set-up was used.
    expect((await visitor.submit(view, { code: totp.generate() })).status).toBe(400)
    later(30_000)
    const code = totp.generate()
    expect(arrived(await visitor.submit(view, { code }))).toBe(true)
    const other = createVisitor(pool.url)
    const { view: second } = await signIn({ app, visitor: other }, 'alice', 'fieldnotes-alice')
    expect((await other.submit(second, { code })).status).toBe(400)
  })

  it('has no way around it: neither its address without a password nor the first page', async () => {
    const { app, visitor } = await enrolled()
    const view = await visitor.open((await app.start()).url)
    const page = await visitor.open(`${view.url}/code`)
    expect(page.html).toContain('name="password"')
    const { view: needed } = await signIn({ app, visitor }, 'alice', 'fieldnotes-alice')
    const silent = await visitor.open((await app.start({ prompt: 'none' })).url)
    expect([needed.status, silent.url]).toEqual([200, expect.stringContaining('login_required')])
  })

  it('locks after five wrong codes', async () => {
    const { app, visitor, totp } = await enrolled()
    later(60_000)
    const { view } = await signIn({ app, visitor }, 'alice', 'fieldnotes-alice')
    for (let tries = 0; tries < 5; tries++) await visitor.submit(view, { code: 'x' })
    expect((await visitor.submit(view, { code: totp.generate() })).html).toContain('Too many attempts')
    vi.setSystemTime(Date.now() + 1001)
    expect(arrived(await visitor.submit(view, { code: totp.generate() }))).toBe(true)
  })

  it('is removed by a code of it, and not by the password alone', async () => {
    const { pool, app, visitor, totp } = await enrolled()
    later(60_000)
    const first = await visitor.open(`${pool.issuer}/second-factor`)
    const page = await visitor.submit(first, { username: 'alice', password: 'fieldnotes-alice' })
    expect((await visitor.submit(page, { code: '000000' })).status).toBe(400)
    expect((await visitor.submit(page, { code: totp.generate() })).html).toContain('is removed')
    expect(arrived((await signIn({ app, visitor }, 'alice', 'fieldnotes-alice')).view)).toBe(true)
  })

  it('is set up on the way to a sign-in, which goes on afterwards', async () => {
    const { app, visitor } = await open()
    const page = await visitor.follow(await visitor.open((await app.start()).url), 'second factor')
    const code = await visitor.submit(page, { username: 'alice', password: 'fieldnotes-alice' })
    const totp = new TOTP({ secret: /id="secret">(\w+)</.exec(code.html)?.[1] ?? '' })
    const done = await visitor.submit(code, { code: totp.generate() })
    expect((await visitor.follow(page, 'Back to sign-in')).html).toContain('<h1>Sign in</h1>')
    expect((await visitor.follow(done, 'Back to sign-in')).html).toContain('<h1>Sign in</h1>')
  })

  it.each(['', '?sign-in=', '?sign-in=%2F..%2Fx', '?sign-in="><script>', `?sign-in=${'x'.repeat(65)}`])(
    'has no way back with the query %j',
    async (query) => {
      const { pool, visitor } = await open()
      const { html, status } = await visitor.open(`${pool.issuer}/second-factor${query}`)
      expect([status, html.includes('Back to'), html.includes('<script')]).toEqual([200, false, false])
    },
  )

  it('is not added with a wrong password or a wrong code', async () => {
    const { pool, app, visitor } = await open()
    const first = await visitor.open(`${pool.issuer}/second-factor`)
    expect((await visitor.submit(first, { username: 'alice', password: 'wrong' })).status).toBe(400)
    const page = await visitor.submit(first, { username: 'alice', password: 'fieldnotes-alice' })
    expect((await visitor.submit(page, { code: '000000' })).status).toBe(400)
    expect(arrived((await signIn({ app, visitor }, 'alice', 'fieldnotes-alice')).view)).toBe(true)
  })
})
