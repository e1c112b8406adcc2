/**
 * A process that is killed at every step of what ends sessions: each sign-out, and a sign-in that replaces a session.
 * The person never comes back: the pass informs the provider, which then refuses the refresh token.
 */
import { randomUUID } from 'node:crypto'
import { createSessionStore } from '@fieldnotes/table/session-store'
import { describe, expect, it } from 'vitest'
import { apiAt, type FirebaseTokens, refreshStatus, tokens } from '../support/firebase-api.ts'
import { issuerAt } from '../support/own-issuer.ts'
import { firebaseSession, type HeldSession, isHeld, poolSession } from './held-sessions.ts'
import { sessionCookie } from './instance.ts'
import { killing } from './killed-processes.ts'
import { itemOf } from './world.ts'

const { world, killAtEach } = killing()

async function statusOf({ cookie }: Pick<HeldSession, 'cookie'>): Promise<number> {
  return (await (await world().newInstance()).call(cookie)).status
}

/** The pass, as a schedule calls it. */
async function pass(): Promise<number> {
  return (await world().newInstance()).informPending()
}

/** That a session has ended everywhere, which takes the pass alone. */
async function expectEnded(session: HeldSession, step: string): Promise<void> {
  expect(await statusOf(session), step).toBe(401)
  expect(await pass(), step).toBe(0)
  expect(await itemOf(world().access, session.cookie), step).toBeUndefined()
  expect(await isHeld(session), step).toBe(false)
}

let accounts = 0

/** A new account of Firebase that has signed in: its credentials, and its tokens. */
async function newAccount() {
  accounts += 1
  const credential = { email: `killed-${accounts}@example.com`, password: 'correct horse', returnSecureToken: true }
  const { body } = await apiAt(world().url).call('signUp', credential)
  const { idToken, refreshToken } = body as FirebaseTokens
  return { credential, idToken, refreshToken }
}

type Account = Awaited<ReturnType<typeof newAccount>>

/** Whether Firebase still gives tokens to a mobile app of the account. */
async function isHeldAtFirebase({ refreshToken }: Account): Promise<boolean> {
  return (await refreshStatus(world().url, refreshToken)) === 200
}

/** Signs the account in again, and resolves to the status of the session. */
async function signInAgain({ credential }: Account): Promise<number | undefined> {
  const { idToken } = await tokens(apiAt(world().url), credential)
  return (await (await world().newInstance()).firebase(idToken)).statusCode
}

/** Ends every session of the person that the list shows. */
async function endAllOf({ cookie }: HeldSession): Promise<void> {
  const item = await itemOf(world().access, cookie)
  if (item) await createSessionStore(world().access, Date.now).endAll(String(item.personId), Number.POSITIVE_INFINITY)
}

const signOut = 'mutation { signOut(input: { everywhere: true }) { everywhere } }'

async function revoking({ cookie }: HeldSession): Promise<string> {
  const id = String((await itemOf(world().access, cookie))?.pk).replace('SESSION#', 'Session:')
  return `mutation { revokeSession(input: { id: "${Buffer.from(id).toString('base64url')}" }) { refusedFrom } }`
}

describe('a process that is killed', { timeout: 120_000 }, () => {
  it('at a step of POST /session/logout leaves the rest to the pass', async () => {
    const steps = await killAtEach(
      async () => {
        const session = await poolSession(world(), 'bob')
        return [session, (process) => process.signOut(session.cookie)]
      },
      async (session, step) => {
        // The browser sends it again, and has no session more to end where the killed process has ended it.
        const { statusCode } = await (await world().newInstance()).signOut(session.cookie)
        expect(statusCode, step).toBe(204)
        await expectEnded(session, step)
      },
    )
    expect(steps).toEqual(['TransactWriteItems', '/oauth2/revoke', 'TransactWriteItems'])
  })

  it('at a step of Mutation.signOut everywhere leaves Firebase informed, and the person able to sign in', async () => {
    const steps = await killAtEach(
      async () => {
        const account = await newAccount()
        const session = await firebaseSession(world(), account.idToken)
        return [{ account, session }, (process) => process.call(session.cookie, signOut)] as const
      },
      async ({ account, session }, step) => {
        const isLeft = (await statusOf(session)) === 200
        expect(isLeft, step).toBe(step.startsWith('before') || step.endsWith('TransactWriteItems 1'))
        if (isLeft) await (await world().newInstance()).call(session.cookie, signOut)
        await expectEnded(session, step)
        expect(await isHeldAtFirebase(account), step).toBe(false)
        // A sign-in of the second of the sign-out is ended too.
        await expect.poll(() => signInAgain(account), { timeout: 5000, message: step }).toBe(204)
      },
    )
    // The profile, the sign-out, and the end of the session.
    expect(steps).toEqual(['TransactWriteItems', 'TransactWriteItems', 'TransactWriteItems'])
  })

  it('at a step of revokeSession ends that session and no other', async () => {
    const steps = await killAtEach(
      async () => {
        const [own, other] = [await poolSession(world(), 'alice'), await poolSession(world(), 'alice')]
        // The person's profile is stored by then.
        expect(await statusOf(own)).toBe(200)
        const mutation = await revoking(other)
        return [{ own, other, mutation }, (process) => process.call(own.cookie, mutation)] as const
      },
      async ({ own, other, mutation }, step) => {
        if ((await statusOf(other)) === 200) await (await world().newInstance()).call(own.cookie, mutation)
        await expectEnded(other, step)
        expect([await statusOf(own), await isHeld(own)], step).toEqual([200, true])
      },
    )
    expect(steps).toEqual(['TransactWriteItems'])
  })

  it('at a step of POST /session/firebase leaves the person able to sign in, and to end every session', async () => {
    const { newIdToken } = issuerAt(world())
    const steps = await killAtEach(
      async () => {
        const [person, replaced] = [randomUUID(), await poolSession(world(), 'carol')]
        const [idToken, cookie] = [await newIdToken({ person }), `${sessionCookie}=${replaced.cookie}`]
        return [{ person, replaced }, (process) => process.firebase(idToken, cookie)] as const
      },
      async ({ person, replaced }, step) => {
        const again = await firebaseSession(world(), await newIdToken({ person }))
        expect(await statusOf(again), step).toBe(200)
        for (const session of [again, replaced]) await endAllOf(session)
        for (const session of [again, replaced]) await expectEnded(session, step)
      },
    )
    expect(steps).toEqual(expect.arrayContaining(['/oauth/token', 'TransactWriteItems', '/oauth2/revoke']))
  })
})
