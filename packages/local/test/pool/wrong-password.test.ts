/** Wrong passwords at the page of sign-in. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { arrived, later, open, signIn } from './kit/hosted.ts'
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
    const [first, ...others] = views.map(({ status, html }) => [
      status,
      html.replace(/\/login\/[\w-]+/g, '').replace(/value="[^"]*"/, ''),
    ])
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
      // The address is another way to the same account.
      if (username === 'alice')
        expect((await signIn(opened, 'alice@cognito.example', 'fieldnotes-alice')).view.html).toContain('Too many')
      vi.setSystemTime(Date.now() + 1001)
      expect(arrived((await signIn(opened, username, `fieldnotes-${username}`)).view)).toBe(username === 'alice')
    },
  )

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
