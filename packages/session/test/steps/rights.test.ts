/**
 * What each function of sessions does at the table uses each right of its row and needs no other, as IAM judges it on a
 * stage.
 */
import { informPending } from '@fieldnotes/api/inform-issuers'
import { readRevocations } from '@fieldnotes/table/revocations'
import type { FunctionName } from '@fieldnotes/table/rights'
import { createSessionStore } from '@fieldnotes/table/session-store'
import { signOutsMax } from '@fieldnotes/table/sign-out-limit'
import { writeSignOut } from '@fieldnotes/table/sign-outs'
import { createTable, type OpenTable, type Table } from '@fieldnotes/table/table'
import { openLimitedLine } from '@fieldnotes/table/test/limited'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { newCookieSecret } from '../../src/crypto/cookie-secret.ts'
import { sessionCookie } from '../../src/http/cookies.ts'
import type { Event } from '../../src/http/event.ts'
import { beginSession } from '../../src/steps/begin-session.ts'
import { signOut } from '../../src/steps/browser-sign-out.ts'
import { informOfEnded } from '../../src/steps/inform-provider.ts'
import { refresh } from '../../src/steps/refresh-session.ts'
import { endReplaced } from '../../src/steps/replace-session.ts'
import type { SessionParts } from '../../src/steps/session-parts.ts'
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

/** The table with the rights of a function, and what it has done. */
async function lineOf(name: FunctionName) {
  const line = await openLimitedLine([name], { access: world.config })
  onTestFinished(line.close)
  return { ...line, table: createTable(line.tables.access) }
}

/** The parts of the function that signs in. */
function partsWith(table: OpenTable): SessionParts {
  const refreshed = async () => ({ accessToken: 'new', refreshToken: 'new' })
  const parts = partsAt(table, [], { refresh: refreshed })
  return { ...parts, identity: { authenticate: async () => personOf(alice) } }
}

function browserOf(cookie: string) {
  return { cookies: [`${sessionCookie}=${cookie}`] } as unknown as Event
}

/** Begins, shows, refreshes and replaces a session. */
async function useSessions(parts: SessionParts): Promise<void> {
  const tokens = { heldBy: 'pool', accessToken: 'a', refreshToken: 'r' } as const
  const source = { issuer: 'cognito', subject: 'a subject' }
  const cookie = await beginSession(parts, { person: personOf(alice), ...tokens, source, userAgent: undefined })
  expect((await showSession(parts, browserOf(cookie))).body).toContain('"signedIn":true')
  const due = await newSession(world.table, { loginId: personOf(alice).loginId, accessUntil: now })
  expect(await refresh(parts, due.cookie)).toMatchObject({ version: 2 })
  await endReplaced(parts, browserOf(cookie))
  expect(await readSession(world.table, cookie, now)).toBeUndefined()
}

async function useSignIns(table: Table): Promise<void> {
  const [cookie, query] = [newCookieSecret(), new URLSearchParams({ state: 's' })]
  const attempt = { state: 's', verifier: 'v', nonce: 'n' }
  const started = { attempt, returnPath: '/', againPath: '/', maxAge: undefined, signedInSince: undefined }
  await storeSignIn(table, cookie, started, now)
  expect(await consumeSignIn(table, cookie, query, now)).toEqual(started)
}

/** Signs out, also after as many sign-outs as a person may have. */
async function useSignOuts(parts: SessionParts): Promise<void> {
  for (const index of Array(signOutsMax + 1).keys()) {
    const { cookie } = await newSession(world.table, { personId: bob, loginId: `bob-${index}` })
    expect(await signOut(parts, browserOf(cookie))).toMatchObject({ statusCode: 204 })
    expect(await readSession(world.table, cookie, now)).toBeUndefined()
  }
  const revoked = await readRevocations(parts.table, now)
  expect(revoked.filter((each) => 'loginId' in each && each.loginId.startsWith('bob-'))).toHaveLength(signOutsMax)
}

it('the function that signs in', async () => {
  const { table, refused, unused } = await lineOf('session')
  const parts = partsWith(table)
  await useSessions(parts)
  await useSignIns(table)
  await useSignOuts(parts)
  expect([refused, unused()]).toEqual([[], []])
})

it('the pass, which finds a session that a crash during a sign-out everywhere has left', async () => {
  const { table, refused, unused } = await lineOf('inform')
  const personId = 'c'.repeat(27)
  const { cookie } = await newSession(world.table, { personId })
  await writeSignOut(world.table, { personId, loginId: undefined, issuer: 'cognito', subject: personId }, clock())
  const informed: string[] = []
  const issuers = { cognito: async (subject: string) => void informed.push(subject) }
  expect(await informPending({ table, issuers, log: () => {}, clock })).toBe(0)
  expect(informed).toEqual([personId])
  expect(await readSession(world.table, cookie, now)).toBeUndefined()
  expect(await informOfEnded(partsWith(table))).toBe(0)
  expect([refused, unused()]).toEqual([[], []])
})

it('the entry, beside what the endpoint in its process does', async () => {
  const { table, refused, unused } = await lineOf('entry')
  const { cookie, session } = await newSession(world.table)
  expect(await readSession(table, cookie, now)).toMatchObject({ id: session.id })
  await readRevocations(table, now)
  expect([refused, unused()]).toEqual([[], []])
})

it('would fail without a right, and for one that nothing uses', async () => {
  const { table, refused, unused } = await lineOf('authorizer')
  const { cookie, session } = await newSession(world.table)
  await expect(readSession(table, cookie, now)).rejects.toThrow()
  await expect(createSessionStore(table, clock).end(alice, session.id)).rejects.toThrow()
  expect([refused, unused()]).toEqual([['GetItem SESSION#', 'Query PERSON#'], ['Query REVOKED']])
})
