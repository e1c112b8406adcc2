/** The code of a sign-up. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createMailbox } from '../../src/mailbox/mailbox.ts'
import { openPeople } from '../../src/pool/people/people.ts'
import { createSignUp } from '../../src/pool/people/sign-up.ts'
import { arrived, later, open, password, signUp } from './kit/hosted.ts'
import { codeFor } from './kit/start-pool.ts'

afterEach(() => {
  vi.useRealTimers()
})

describe('a code', () => {
  async function waiting() {
    const opened = await open()
    const { view } = await signUp(opened, 'dora@example.org')
    const code = codeFor(opened.pool, 'dora@example.org')
    const wrong = code === '111111' ? '222222' : '111111'
    return { ...opened, view, code, wrong }
  }

  it('that was replaced is refused, and the new one is taken', async () => {
    const { pool, visitor, view, code } = await waiting()
    later(61_000)
    await visitor.submit(view, {}, 'new code')
    const next = codeFor(pool, 'dora@example.org')
    if (next !== code) expect((await visitor.submit(view, { code }, 'Confirm')).status).toBe(400)
    expect(arrived(await visitor.submit(view, { code: next }, 'Confirm'))).toBe(true)
  })

  it('is refused after five wrong ones', async () => {
    const { visitor, view, code, wrong } = await waiting()
    for (let tries = 0; tries < 5; tries++)
      expect((await visitor.submit(view, { code: wrong }, 'Confirm')).status).toBe(400)
    expect((await visitor.submit(view, { code }, 'Confirm')).status).toBe(400)
  })

  it('is taken once, of ten at once', async () => {
    const { visitor, view, code } = await waiting()
    const ends = await Promise.all(Array.from({ length: 10 }, () => visitor.submit(view, { code }, 'Confirm')))
    expect(ends.filter(arrived)).toHaveLength(1)
  })

  it.each(['', '12345', '1234567', '12345a', '１２３４５６', '-12345'])('of the form %j is refused', async (code) => {
    const { visitor, view } = await waiting()
    expect((await visitor.submit(view, { code }, 'Confirm')).status).toBe(400)
  })

  it('survives requests for codes of ten thousand invented names', async () => {
    const mailbox = createMailbox(() => {})
    const { resend, ...pages } = createSignUp(await openPeople(undefined, async () => []), mailbox)
    const sub = await pages.signUp({ email: 'dora@example.org', password })
    for (let count = 0; count < 10_200; count++) resend(`stranger${count}`)
    expect(pages.confirm(sub, mailbox.mails()[0]?.code ?? '').confirmed).toBe(true)
    expect(mailbox.mails()).toHaveLength(1)
  })
})
