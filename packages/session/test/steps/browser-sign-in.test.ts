import type { Revocation } from '@fieldnotes/core/revocation'
import { sessionKey } from '@fieldnotes/table/access-keys'
import { digestOf } from '@fieldnotes/table/digest'
import { writeRevocation } from '@fieldnotes/table/revocations'
import type { OpenTable } from '@fieldnotes/table/table'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newCookieSecret } from '../../src/crypto/cookie-secret.ts'
import type { SignInRefused } from '../../src/http/answers.ts'
import { sessionCookie } from '../../src/http/cookies.ts'
import type { Event } from '../../src/http/event.ts'
import type { Provider } from '../../src/provider/oauth-provider.ts'
import { finishSignIn, startSignIn } from '../../src/steps/browser-sign-in.ts'
import { newSession, now, startTable } from '../kit/world.ts'
import { partsAt, personOf } from './parts.ts'

let table: OpenTable
let stop: () => Promise<void>
beforeAll(async () => {
  ;({ table, stop } = await startTable())
})
afterAll(() => stop())

function withQuery(rawQueryString: string): Event {
  return { rawQueryString, headers: {} } as Event
}

describe('a query', () => {
  const steps = [
    ['startSignIn', startSignIn],
    ['finishSignIn', finishSignIn],
  ] as const

  it.each(steps)('of more than 8,192 characters is refused by %s', async (_name, step) => {
    const attempt = step(partsAt(table), withQuery(`a=${'x'.repeat(8191)}`))
    await expect(attempt).rejects.toMatchObject({ code: 'BAD_USER_INPUT', reason: 'a query of more than 8 KB' })
  })

  it('of 8,192 characters is not', async () => {
    const { statusCode } = await startSignIn(partsAt(table), withQuery(`a=${'x'.repeat(8190)}`))
    expect(statusCode).toBe(303)
  })
})

/** The query of the address at the provider to which a browser with a session is sent. */
async function sentBy(cookie: string): Promise<Readonly<Record<string, string>>> {
  let sent = {}
  const begin: Provider['begin'] = async (passedOn) => {
    sent = passedOn
    const state = newCookieSecret()
    return { attempt: { state, verifier: 'v', nonce: 'n' }, url: 'https://pool.example/' }
  }
  const event = { ...withQuery(''), cookies: [`${sessionCookie}=${cookie}`] }
  await startSignIn(partsAt(table, [], { begin }), event)
  return sent
}

describe('a browser with a session', () => {
  const [own, other] = [{ personId: 'x'.repeat(27) }, { personId: 'y'.repeat(27) }]

  it.each<[string, Revocation]>([
    ['app', { kind: 'app', clientId: 'sessions', at: now, ...own }],
    ['person', { kind: 'person', at: now, ...own }],
  ])('signs in anew where an operator has revoked its %s, and no other browser does', async (_kind, revocation) => {
    const [one, two] = [await newSession(table, own), await newSession(table, other)]
    await writeRevocation(table, revocation, now * 1000)
    expect(await sentBy(one.cookie)).toEqual({ prompt: 'login' })
    expect(await sentBy(two.cookie)).toEqual({})
  })

  it('signs in anew where its session can not be read', async () => {
    const { cookie } = await newSession(table, other)
    expect(await sentBy(cookie)).toEqual({})
    await table.write({ update: sessionKey(digestOf(cookie)), set: { heldBy: 'a later kind' } })
    expect(await sentBy(cookie)).toEqual({ prompt: 'login' })
  })
})

/** Starts a sign-in, and finishes it as a person who has signed in at an instant. */
async function signIn(query: string, authenticatedAt: number, subject?: string) {
  const state = `state of ${query} ${authenticatedAt}`
  const person = { ...personOf('w'.repeat(27)), authenticatedAt }
  const revoked: string[] = []
  const parts = {
    ...partsAt(table, revoked, {
      begin: async () => ({ attempt: { state, verifier: 'v', nonce: 'n' }, url: 'https://pool.example/' }),
      redeem: async () => ({ accessToken: 'a', refreshToken: 'r', subject: subject ?? person.subject }),
    }),
    identity: { authenticate: async () => person },
  }
  const { cookies = [] } = await startSignIn(parts, withQuery(query))
  const sent = cookies.map((line) => line.split(';', 1)[0] ?? '')
  const event = { ...withQuery(`${new URLSearchParams({ state, code: 'c' })}`), cookies: sent }
  const outcome = await finishSignIn(parts, event).catch((error: unknown) => error)
  return { outcome, revoked }
}

it('is refused where the ID token is of another person than the access token', async () => {
  const { outcome, revoked } = await signIn('return=/other', now, 'another person')
  expect(outcome).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'two tokens of different persons' })
  expect(revoked).toEqual(['r'])
})

describe('a sign-in that has to be new', () => {
  it.each([
    ['prompt=login', now],
    ['prompt=login', now - 10],
    ['max_age=300', now - 310],
    ['', now - 3600],
  ])('is taken: %s, signed in at %d', async (query, at) => {
    expect(await signIn(query, at)).toMatchObject({ outcome: { statusCode: 303 }, revoked: [] })
  })

  it.each([
    ['prompt=login', now - 11, 'sign_in_not_new', 'prompt=login'],
    ['prompt=login&max_age=300', now - 60, 'sign_in_not_new', 'prompt=login&max_age=300'],
    ['max_age=300', now - 311, 'sign_in_too_old', 'max_age=300&prompt=login'],
  ])(
    'is refused where the address was changed at the provider: %s, signed in at %d',
    async (query, at, reason, again) => {
      const { outcome, revoked } = await signIn(query, at)
      const againPath = `/session/login?${again}&return=%2F`
      expect(outcome).toMatchObject({ code: 'UNAUTHENTICATED', reason, againPath } satisfies Partial<SignInRefused>)
      expect(revoked).toEqual(['r'])
    },
  )
})
