/** Wrong passwords at the page of sign-in. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { arrived, comparable, later, open, password, signIn } from './kit/hosted.ts'
import { codeFor } from './kit/start-pool.ts'
import { createVisitor } from './kit/visitor.ts'

afterEach(() => {
  vi.useRealTimers()
})

describe('a wrong password', () => {
  it('is answered as an unknown name and an unknown address', async () => {
    const opened = await open()
    const views = [
      (await signIn(opened, 'alice', 'wrong')).view,
      (await signIn(opened, 'mallory', 'wrong')).view,
      (await signIn(opened, 'mallory@example.org', 'wrong')).view,
    ]
    const [first, ...others] = views.map((view) => {
      const [status, html] = comparable(view)
      return [status, html.replace(/value="[^"]*"/, '')]
    })
    for (const other of others) expect(other).toEqual(first)
    expect(first?.[1]).toContain('do not belong together')
  })

  it.each(['alice', 'mallory'])(
    'locks %s after five, alike, and a right one is refused meanwhile',
    async (username) => {
      const opened = await open()
      later(0)
      for (let tries = 0; tries < 5; tries++)
        expect((await signIn(opened, username, 'wrong')).view.html).toContain('do not belong together')
      const { view } = await signIn(opened, username, `fieldnotes-${username}`)
      expect([view.status, view.html]).toEqual([400, expect.stringContaining('Try again in one second.')])
      vi.setSystemTime(Date.now() + 1001)
      expect(arrived((await signIn(opened, username, `fieldnotes-${username}`)).view)).toBe(username === 'alice')
    },
  )

  it.each([
    ['alice', 'alice@cognito.example'],
    ['mallory', 'mallory@cognito.example'],
  ])('by the name %s locks the address too, but does not say so', async (name, address) => {
    const opened = await open()
    later(0)
    for (let tries = 0; tries < 5; tries++) await signIn(opened, name, 'wrong')
    const { view } = await signIn(opened, address, 'fieldnotes-alice')
    expect([view.status, view.html]).toEqual([400, expect.stringContaining('do not belong together')])
    vi.setSystemTime(Date.now() + 1001)
    expect(arrived((await signIn(opened, address, 'fieldnotes-alice')).view)).toBe(name === 'alice')
  })

  it('of the name and of the address are five together, also when they are sent at once', async () => {
    const opened = await open()
    later(0)
    const logins = ['alice', 'alice@cognito.example']
    const guesses = Array.from({ length: 10 }, (_, index) =>
      signIn({ ...opened, visitor: createVisitor(opened.pool.url) }, logins[index % 2] ?? '', 'wrong'),
    )
    await Promise.all(guesses)
    expect(arrived((await signIn(opened, 'alice', 'fieldnotes-alice')).view)).toBe(false)
  })

  it('is forgotten once the owner has set a new one by the code of a mail', async () => {
    const opened = await open()
    later(0)
    for (let tries = 0; tries < 10; tries++) {
      await signIn(opened, 'alice', 'wrong')
      vi.setSystemTime(Date.now() + 2 ** Math.max(0, tries - 4) * 1000)
    }
    for (let tries = 0; tries < 6; tries++) await signIn(opened, 'alice@cognito.example', 'wrong')
    const page = await opened.visitor.follow(await opened.visitor.open((await opened.app.start()).url), 'Forgotten?')
    const view = await opened.visitor.submit(page, { username: 'alice' })
    await opened.visitor.submit(view, { code: codeFor(opened.pool, 'alice@cognito.example'), password })
    for (const login of ['alice', 'alice@cognito.example'])
      expect(
        arrived((await signIn({ ...opened, visitor: createVisitor(opened.pool.url) }, login, password)).view),
      ).toBe(true)
  })

  it('locks for twice as long each time, and a sign-in ends the count', async () => {
    const opened = await open()
    later(0)
    for (let tries = 0; tries < 5; tries++) await signIn(opened, 'alice', 'wrong')
    vi.setSystemTime(Date.now() + 1001)
    await signIn(opened, 'alice', 'wrong')
    expect((await signIn(opened, 'alice', 'fieldnotes-alice')).view.html).toContain('in 2 seconds')
    vi.setSystemTime(Date.now() + 2001)
    expect(arrived((await signIn(opened, 'alice', 'fieldnotes-alice')).view)).toBe(true)
    const other = { ...opened, visitor: createVisitor(opened.pool.url) }
    expect((await signIn(other, 'alice', 'wrong')).view.html).toContain('do not belong together')
    expect(arrived((await signIn(other, 'alice', 'fieldnotes-alice')).view)).toBe(true)
  })

  it('is counted when many are sent at once', async () => {
    const opened = await open()
    later(0)
    const guesses = Array.from({ length: 12 }, () =>
      signIn({ ...opened, visitor: createVisitor(opened.pool.url) }, 'alice', 'wrong'),
    )
    const views = await Promise.all(guesses)
    expect(views.filter(({ view }) => view.html.includes('do not belong together'))).toHaveLength(5)
    expect(views.filter(({ view }) => view.html.includes('Too many attempts'))).toHaveLength(7)
  })
})
