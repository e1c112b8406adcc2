/** The pages of a sign-up. */
import { decodeJwt } from 'jose'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { arrived, comparable, later, open, password, signIn, signUp } from './kit/hosted.ts'
import { codeFor } from './kit/start-pool.ts'
import { createVisitor, type View } from './kit/visitor.ts'

afterEach(() => {
  vi.useRealTimers()
})

describe('a sign-up', () => {
  it('is confirmed by the code of the mailbox, and signs the person in', async () => {
    const opened = await open()
    const { pool, app, visitor } = opened
    const { started, view } = await signUp(opened, ' Dora@Example.org ')
    expect(view.html).toContain('Dora@Example.org')
    const mailbox = await visitor.open(`${pool.url}/mailbox`)
    const [, code = ''] = />(\d{6})</.exec(mailbox.html) ?? []
    const end = await visitor.submit(view, { code }, 'Confirm')
    const { access_token } = await app.redeem(started, end)
    const { sub, username, name, email, email_verified } = decodeJwt(access_token)
    expect({ name, email, email_verified }).toEqual({ name: 'Dora', email: 'dora@example.org', email_verified: true })
    expect(username).toBe(sub)
    expect(pool.lines.join()).toContain(code)
    const again = createVisitor(pool.url)
    expect(arrived((await signIn({ app, visitor: again }, 'dora@example.org', password)).view)).toBe(true)
  })

  it('is not signed in without its code, and its password leads to the page of the code', async () => {
    const opened = await open()
    await signUp(opened, 'dora@example.org')
    const visitor = createVisitor(opened.pool.url)
    const { view } = await signIn({ ...opened, visitor }, 'dora@example.org', password)
    expect(view.html).toContain('Confirm your address')
    expect(arrived(await visitor.submit(view, { code: codeFor(opened.pool, 'dora@example.org') }, 'Confirm'))).toBe(
      true,
    )
  })

  it('answers a taken address as a new one; only the mail differs', async () => {
    const opened = await open()
    const fresh = await signUp(opened, 'dora@example.org')
    const taken = await signUp({ ...opened, visitor: createVisitor(opened.pool.url) }, 'alice@cognito.example')
    expect(comparable(taken.view)).toEqual(comparable(fresh.view))
    expect(opened.pool.mailbox.mails()[0]).toMatchObject({
      to: 'alice@cognito.example',
      subject: 'You have a Fieldnotes account',
    })
    expect(opened.pool.mailbox.mails()[0]?.code).toBeUndefined()
    for (const code of ['000000', '123456'])
      expect((await opened.visitor.submit(taken.view, { code }, 'Confirm')).status).toBe(400)
    for (const page of [fresh.view, taken.view]) {
      const again = await opened.visitor.submit(page, {}, 'Send a new code')
      expect(again.status).toBe(400)
    }
  })

  it('pauses alike between two codes, for a new and for a taken address', async () => {
    const opened = await open()
    const { pool } = opened
    const visitors = [createVisitor(pool.url), createVisitor(pool.url)] as const
    const fresh = await signUp({ ...opened, visitor: visitors[0] }, 'dora@example.org')
    const taken = await signUp({ ...opened, visitor: visitors[1] }, 'alice@cognito.example')
    const early = [
      await visitors[0].submit(fresh.view, {}, 'new code'),
      await visitors[1].submit(taken.view, {}, 'new code'),
    ]
    for (const { status, html } of early)
      expect([status, html]).toEqual([400, expect.stringMatching(/can be sent in \d+ seconds/)])
    later(61_000)
    const late = [
      await visitors[0].submit(fresh.view, {}, 'new code'),
      await visitors[1].submit(taken.view, {}, 'new code'),
    ]
    for (const { status, html } of late) expect([status, html]).toEqual([200, expect.stringContaining('on its way')])
  })

  it('goes on alike with its password, for a new and for a taken address', async () => {
    const opened = await open()
    const again: View[] = []
    for (const email of ['dora@example.org', 'alice@cognito.example']) {
      await signUp({ ...opened, visitor: createVisitor(opened.pool.url) }, email)
      const visitor = createVisitor(opened.pool.url)
      const { view } = await signIn({ ...opened, visitor }, email, password)
      expect(view.html).toContain('Confirm your address')
      again.push(view, await visitor.submit(view, { code: '000000' }, 'Confirm'))
      again.push((await signIn({ ...opened, visitor: createVisitor(opened.pool.url) }, email, 'wrong')).view)
    }
    expect(again.slice(3).map(comparable)).toEqual(again.slice(0, 3).map(comparable))
    const owner = { ...opened, visitor: createVisitor(opened.pool.url) }
    expect(arrived((await signIn(owner, 'alice@cognito.example', 'fieldnotes-alice')).view)).toBe(true)
  })

  it('twice at once with one address leaves one account: the first code that arrives wins', async () => {
    const opened = await open()
    const { pool } = opened
    const visitors = [createVisitor(pool.url), createVisitor(pool.url)] as const
    const views = await Promise.all(visitors.map((visitor) => signUp({ ...opened, visitor }, 'dora@example.org')))
    const codes = pool.mailbox.mails().map(({ code = '' }) => code)
    expect(codes).toHaveLength(2)
    const tries = visitors.flatMap((visitor, index) =>
      codes.map((code) => ({ visitor, view: views[index]?.view as View, code })),
    )
    const ends: View[] = []
    for (const { visitor, view, code } of tries) ends.push(await visitor.submit(view, { code }, 'Confirm'))
    expect(ends.filter(arrived)).toHaveLength(1)
  })

  it.each([
    ['no name', { name: '' }, 'name'],
    ['a name that can not be seen', { name: '\u200b' }, 'name'],
    ['a name that reorders text', { name: 'a\u202eb' }, 'name'],
    ['a name of 101 letters', { name: 'x'.repeat(101) }, 'name'],
    ['an address without an ending', { email: 'dora@example' }, 'email'],
    ['an address with a script', { email: '<script>alert(1)</script>@example.org' }, 'email'],
    ['an address with two lines', { email: 'dora@example.org\nbcc: x@example.org' }, 'email'],
    ['an address of 255 letters', { email: `${'x'.repeat(64)}@${'y.'.repeat(94)}org` }, 'email'],
    ['a short password', { password: 'Short-9' }, 'password'],
    ['a password without a number', { password: 'Correct-horse-x' }, 'password'],
    ['a password without a capital', { password: 'correct-horse-9' }, 'password'],
    ['a password of 257 letters', { password: `Aa9${'x'.repeat(254)}` }, 'password'],
  ])('with %s is refused at its field, and shows what was typed but no password', async (_name, more, field) => {
    const opened = await open()
    const { view } = await signUp(opened, 'dora@example.org', more)
    expect(view.status).toBe(400)
    expect(view.html).toMatch(new RegExp(`id="${field}" name="${field}"[^>]*aria-invalid="true"`))
    expect(view.html.match(/aria-invalid/g)).toHaveLength(1)
    expect(view.html).not.toContain('Correct-horse')
    expect(opened.pool.mailbox.mails()).toEqual([])
  })

  it('shows a script in any field as text', async () => {
    const opened = await open()
    const script = '"><script>alert(1)</script>'
    const { view } = await signUp(opened, script, { name: script, password: script })
    expect(view.html).not.toContain('<script')
    expect(view.html).toContain('&#34;&#62;&#60;script&#62;')
    const fine = await signUp(opened, 'dora@example.org', { name: '<b>Dora</b>' })
    expect((await opened.visitor.submit(fine.view, { code: script }, 'Confirm')).html).not.toContain('<script')
    const { view: signedIn } = await signIn(opened, script, script)
    expect(signedIn.html).not.toContain('<script')
    const forgot = await opened.visitor.submit(await opened.visitor.follow(signedIn, 'Forgotten'), { username: script })
    expect(forgot.html).not.toContain('<script')
  })
})
