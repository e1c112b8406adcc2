/** The pages of a forgotten password. */
import { describe, expect, it } from 'vitest'
import { arrived, comparable, open, password, signIn } from './kit/hosted.ts'
import { codeFor } from './kit/start-pool.ts'
import { createVisitor, type View } from './kit/visitor.ts'

describe('a forgotten password', () => {
  async function requested(login: string) {
    const opened = await open()
    const { visitor, app } = opened
    const page = await visitor.follow(await visitor.open((await app.start()).url), 'Forgotten?')
    return { ...opened, view: await visitor.submit(page, { username: login }) }
  }

  it('is replaced by the code of the mailbox: the old one and all sign-ins end', async () => {
    const { pool, app, visitor, view } = await requested('alice')
    const before = { app, visitor: createVisitor(pool.url) }
    const old = await signIn(before, 'alice', 'fieldnotes-alice')
    const { refresh_token = '' } = await app.redeem(old.started, old.view)
    const end = await visitor.submit(view, { code: codeFor(pool, 'alice@cognito.example'), password })
    expect(end.html).toContain('Your new password is set.')
    expect((await before.visitor.open((await app.start({ prompt: 'none' })).url)).url).toContain('login_required')
    const fields = { grant_type: 'refresh_token', client_id: 'localclient0001', refresh_token }
    const response = await fetch(`${pool.issuer}/oauth2/token`, { method: 'POST', body: new URLSearchParams(fields) })
    expect(response.status).toBe(400)
    expect((await signIn(before, 'alice', 'fieldnotes-alice')).view.status).toBe(400)
    expect(arrived((await signIn(before, 'alice', password)).view)).toBe(true)
  })

  it('of an unknown person is answered alike, and no mail is sent', async () => {
    const known = await requested('alice')
    const unknown = await requested('mallory')
    const normal = ({ view }: { view: View }) => comparable(view).map((part) => String(part).replace(/<b>.*<\/b>/, ''))
    expect(normal(unknown)).toEqual(normal(known))
    expect(unknown.pool.mailbox.mails()).toEqual([])
    const answers = [known, unknown].map(({ visitor, view }) => visitor.submit(view, { code: '000000', password }))
    const [one, two] = await Promise.all(answers)
    expect(normal({ view: two as View })).toEqual(normal({ view: one as View }))
  })

  it('keeps the old one when the code is wrong, old or used, or the new one is weak', async () => {
    const { pool, app, visitor, view } = await requested('alice')
    const code = codeFor(pool, 'alice@cognito.example')
    expect((await visitor.submit(view, { code: code === '000000' ? '1' : '000000', password })).status).toBe(400)
    expect((await visitor.submit(view, { code, password: 'weak' })).html).toContain('lacks what is marked below')
    expect((await visitor.submit(view, { code, password })).status).toBe(200)
    const page = await visitor.follow(await visitor.open((await app.start()).url), 'Forgotten?')
    const again = await visitor.submit(page, { username: 'alice' })
    expect((await visitor.submit(again, { code, password: 'Another-horse-9' })).status).toBe(400)
  })

  it('has no page of a new password before its first page', async () => {
    const { app, visitor } = await open()
    const view = await visitor.open((await app.start()).url)
    expect((await visitor.open(`${view.url}/reset`)).html).toContain('Forgotten password')
  })
})
