/** Several sign-ups with one address: a stranger's beside that of the person who reads its mailbox. */
import { decodeJwt } from 'jose'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createMailbox } from '../../src/mailbox/mailbox.ts'
import { openPeople } from '../../src/pool/people/people.ts'
import { createSignUp } from '../../src/pool/people/sign-up.ts'
import { ClientId, call, Password, signIn, signUp } from './kit/api.ts'
import { arrived, later, open, signUp as signUpAtPage } from './kit/hosted.ts'
import { codeFor, startPool, type TestPool } from './kit/start-pool.ts'
import { createVisitor } from './kit/visitor.ts'

const address = 'vera@example.org'
const strangers = 'Mallorys-horse-9'

afterEach(() => {
  vi.useRealTimers()
})

function confirm(pool: TestPool, Username: string, ConfirmationCode: string) {
  return call(pool, 'ConfirmSignUp', { ClientId, Username, ConfirmationCode })
}

/** Another sign-up with the address; the result is its code. */
async function strangerSignsUp(pool: TestPool): Promise<string> {
  expect((await signUp(pool, address, { Password: strangers })).status).toBe(200)
  return codeFor(pool, address)
}

describe("a stranger's sign-up with the same address", () => {
  it.each(['first', 'second'])('as the %s one is not confirmed by the owner of the mailbox', async (order) => {
    const pool = await startPool()
    const earlier = order === 'first' ? await strangerSignsUp(pool) : undefined
    const { UserSub } = (await signUp(pool, address)).body
    const own = codeFor(pool, address)
    const other = earlier ?? (await strangerSignsUp(pool))
    for (const code of [own, other]) expect((await confirm(pool, address, code)).type).toBe('CodeMismatchException:')
    if (own !== other) expect((await confirm(pool, UserSub, other)).type).toBe('CodeMismatchException:')
    expect((await confirm(pool, UserSub, own)).status).toBe(200)
    const { AccessToken } = (await signIn(pool, address, Password)).body.AuthenticationResult
    expect(decodeJwt(AccessToken)).toMatchObject({ sub: UserSub, email_verified: true })
    expect((await signIn(pool, address, strangers)).body.AuthenticationResult).toBeUndefined()
    expect((await confirm(pool, address, other)).type).toBe('CodeMismatchException:')
  })

  it('does not end the one that waits: a sixth is refused, and so is one with a taken address', async () => {
    const opened = await open()
    const { view } = await signUpAtPage(opened, address)
    const code = codeFor(opened.pool, address)
    for (let count = 0; count < 4; count++) await strangerSignsUp(opened.pool)
    const sixth = await signUp(opened.pool, address, { Password: strangers })
    for (let count = 0; count < 5; count++)
      expect((await signUp(opened.pool, 'alice@cognito.example')).status).toBe(200)
    const taken = await signUp(opened.pool, 'alice@cognito.example')
    expect([sixth.type, taken]).toEqual(['LimitExceededException:', sixth])
    const page = await signUpAtPage({ ...opened, visitor: createVisitor(opened.pool.url) }, address)
    expect(page.view.html).toContain('Five sign-ups with this address wait')
    expect(arrived(await opened.visitor.submit(view, { code }, 'Confirm'))).toBe(true)
  })

  it('is removed after a day without a code, so that five keep no person out for good', async () => {
    const pool = await startPool()
    for (let count = 0; count < 5; count++) await strangerSignsUp(pool)
    later(24 * 3600_000)
    const { status, body } = await signUp(pool, address)
    expect(status).toBe(200)
    expect((await confirm(pool, body.UserSub, codeFor(pool, address))).status).toBe(200)
    expect((await signIn(pool, address, strangers)).body.AuthenticationResult).toBeUndefined()
  })
})

describe('mails', () => {
  it('reach the owner of an address once in a minute, however many sign-ups there are', async () => {
    const pool = await startPool()
    const own = await strangerSignsUp(pool)
    for (let count = 0; count < 5; count++) await signUp(pool, 'alice@cognito.example')
    expect(pool.mailbox.mails().filter(({ to }) => to === 'alice@cognito.example')).toHaveLength(1)
    expect(codeFor(pool, address)).toBe(own)
  })

  it('reach an address without an owner once for each of five sign-ups', async () => {
    const pool = await startPool()
    for (let count = 0; count < 9; count++) await signUp(pool, address)
    expect(pool.mailbox.mails()).toHaveLength(5)
  })
})

it('a code confirms no other address than that to which it was mailed', async () => {
  const mailbox = createMailbox(() => {})
  const people = await openPeople(undefined, async () => [])
  const pages = createSignUp(people, mailbox)
  const sign = (email: string) => pages.signUp({ username: 'nora', email, password: Password })
  const sub = await sign('mallory@example.org')
  const code = codeFor({ mailbox } as TestPool, 'mallory@example.org')
  people.remove([sub])
  expect(await sign('victim@example.org')).toBe(sub)
  expect(codeFor({ mailbox } as TestPool, 'victim@example.org')).toMatch(/^\d{6}$/)
  if (code !== codeFor({ mailbox } as TestPool, 'victim@example.org'))
    expect(() => pages.confirm(sub, code)).toThrow('CODE_WRONG')
  expect(people.ownerOf('victim@example.org')).toBeUndefined()
  expect(pages.confirm(sub, codeFor({ mailbox } as TestPool, 'victim@example.org')).email).toBe('victim@example.org')
})

it('a sign-up that was removed or confirmed gets no further code, and says so', async () => {
  const mailbox = createMailbox(() => {})
  const people = await openPeople(undefined, async () => [])
  const pages = createSignUp(people, mailbox)
  const [gone, done] = [
    await pages.signUp({ email: address, password: Password }),
    await pages.signUp({ email: 'dora@example.org', password: Password }),
  ]
  people.remove([gone])
  pages.confirmByAdmin(done)
  later(61_000)
  expect(() => pages.resend(address, gone)).toThrow('ENDED')
  expect(() => pages.resend('dora@example.org', done)).toThrow('ENDED')
  expect(mailbox.mails()).toHaveLength(2)
})
