/** What each function of sessions does at the table is within its row of the rights, as IAM judges it on a stage. */
import { informPending } from '@fieldnotes/api/inform-issuers'
import { readRevocations } from '@fieldnotes/table/revocations'
import type { FunctionName } from '@fieldnotes/table/rights'
import { createSessionStore } from '@fieldnotes/table/session-store'
import { signOutsMax } from '@fieldnotes/table/sign-out-limit'
import { writeSignOut } from '@fieldnotes/table/sign-outs'
import { createTable, type Table } from '@fieldnotes/table/table'
import { openLimitedLine } from '@fieldnotes/table/test/limited'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { newCookieSecret } from '../../src/crypto/cookie-secret.ts'
import { sessionCookie } from '../../src/http/cookies.ts'
import type { Event } from '../../src/http/event.ts'
import { beginSession } from '../../src/steps/begin-session.ts'
import { signOut } from '../../src/steps/browser-sign-out.ts'
import { informOfEnded } from '../../src/steps/inform-provider.ts'
import { refresh } from '../../src/steps/refresh-session.ts'
import { endReplaced } from '../../src/steps/replace-session.ts'
import { showSession } from '../../src/steps/show-session.ts'
import { readSession } from '../../src/store/open-sessions.ts'
import { consumeSignIn, storeSignIn } from '../../src/store/started-sign-ins.ts'
import { alice, bob, clock, newSession, now, startTable } from '../kit/world.ts'
import { partsAt, personOf } from './parts.ts'

let world: Awaited<ReturnType<typeof startTable>>
beforeAll(async () => {
  world = await startTable()
})
afterAll(() => world.stop())

/** The table with the rights of these functions, and no other. The test fails when they want another one. */
async function tableOf(...names: readonly FunctionName[]) {
  const line = await openLimitedLine(world.config, ...names)
  onTestFinished(() => line.close().then(() => expect([names, line.refused]).toEqual([names, []])))
  return createTable(line.config)
}

/** The parts of a function; `answers` of the provider at a refresh. */
async function partsOf(name: FunctionName) {
  const refreshed = async () => ({ accessToken: 'new', refreshToken: 'new' })
  const parts = partsAt(await tableOf(name), [], { refresh: refreshed })
  return { ...parts, identity: { authenticate: async () => personOf(alice) } }
}

function browserOf(cookie: string) {
  return { cookies: [`${sessionCookie}=${cookie}`] } as unknown as Event
}

function signOutEverywhere(table: Table, personId: string) {
  return writeSignOut(table, { personId, loginId: undefined, issuer: 'cognito', subject: personId }, clock())
}

describe('the function that signs in', () => {
  it('begins, shows, refreshes and ends a session', async () => {
    const parts = await partsOf('session')
    const begun = { person: personOf(alice), heldBy: 'pool', accessToken: 'a', refreshToken: 'r' } as const
    const cookie = await beginSession(parts, { ...begun, userAgent: undefined })
    expect((await showSession(parts, browserOf(cookie))).body).toContain('"signedIn":true')
    const due = await newSession(world.table, { loginId: personOf(alice).loginId, accessUntil: now })
    expect(await refresh(parts, due.cookie)).toMatchObject({ version: 2 })
    await endReplaced(parts, browserOf(cookie))
    expect(await readSession(world.table, cookie, now)).toBeUndefined()
  })

  it('starts and finishes a sign-in', async () => {
    const { table } = await partsOf('session')
    const [cookie, query] = [newCookieSecret(), new URLSearchParams({ state: 's' })]
    const attempt = { state: 's', verifier: 'v', nonce: 'n' }
    const started = { attempt, returnPath: '/', againPath: '/', maxAge: undefined, signedInSince: undefined }
    await storeSignIn(table, cookie, started, now)
    expect(await consumeSignIn(table, cookie, query, now)).toEqual(started)
  })

  it('signs out, also after as many sign-outs as a person may have', async () => {
    const parts = await partsOf('session')
    for (const index of Array(signOutsMax + 1).keys()) {
      const { cookie } = await newSession(world.table, { personId: bob, loginId: `bob-${index}` })
      expect(await signOut(parts, browserOf(cookie))).toMatchObject({ statusCode: 204 })
      expect(await readSession(world.table, cookie, now)).toBeUndefined()
    }
    const revoked = await readRevocations(world.table, now)
    expect(revoked.filter((each) => 'loginId' in each && each.loginId.startsWith('bob-'))).toHaveLength(signOutsMax)
  })
})

describe('the pass', () => {
  it('informs the provider of an ended session', async () => {
    const { session } = await newSession(world.table)
    await createSessionStore(await tableOf('graphql'), clock).end(alice, session.id)
    expect(await informOfEnded(await partsOf('inform'))).toBe(0)
  })

  it.each(['without a session', 'with a session that a crash has left'])(
    'informs the issuer of a sign-out everywhere, %s',
    async (title) => {
      const personId = title.replaceAll(' ', '-').slice(0, 27).padEnd(27, '-')
      const cookie = title.startsWith('with a') ? (await newSession(world.table, { personId })).cookie : undefined
      await signOutEverywhere(await tableOf('graphql'), personId)
      const informed: string[] = []
      const issuers = { cognito: async (subject: string) => void informed.push(subject) }
      const left = await informPending({ table: await tableOf('inform'), issuers, log: () => {}, clock })
      expect([left, informed]).toEqual([0, [personId]])
      if (cookie) expect(await readSession(world.table, cookie, now)).toBeUndefined()
    },
  )
})

describe('the entry', () => {
  it('reads a session, and the endpoint behind it lists, ends and revokes', async () => {
    const { cookie, session } = await newSession(world.table, { loginId: 'alice-1' })
    const table = await tableOf('entry', 'graphql')
    expect(await readSession(table, cookie, now)).toMatchObject({ id: session.id })
    const store = createSessionStore(table, clock)
    expect((await store.list(alice)).map(({ id }) => id)).toContain(session.id)
    await writeSignOut(table, { personId: alice, loginId: session.loginId }, clock(), [session])
    expect(await readSession(table, cookie, now)).toBeUndefined()
  })
})

it('would fail without a right: the endpoint reads no session', async () => {
  const { cookie } = await newSession(world.table)
  const line = await openLimitedLine(world.config, 'graphql')
  onTestFinished(line.close)
  await expect(readSession(createTable(line.config), cookie, now)).rejects.toThrow()
  expect(line.refused).toEqual(['GetItem SESSION#'])
})
