/**
 * Refreshes the tokens of a session: once, however many requests of however many processes want it at the same time.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { AppError } from '@fieldnotes/core/error'
import { createSessionStore } from '@fieldnotes/table/session-store'
import { SealBroken } from '../crypto/box.ts'
import type { CookieSecret } from '../crypto/cookie-secret.ts'
import type { Sealed } from '../crypto/envelope.ts'
import { dueSeconds, idleSeconds } from '../store/lifetimes.ts'
import { type Lock, readSession, releaseLock, storeRefreshed, takeLock } from '../store/open-sessions.ts'
import type { Holder, StoredSession } from '../store/session-item.ts'
import { openAccess, sealAccess } from './access-box.ts'
import { informProvider } from './inform-provider.ts'
import { assertNotRevokedNow } from './revoked-now.ts'
import { holderOf, nowOf, type Person, personOf, reasonOf, type SessionParts } from './session-parts.ts'

/** The session of a cookie with an access token that is not due; undefined when the session has ended. */
export type Refresh = (cookie: CookieSecret) => Promise<StoredSession | undefined>

/** Milliseconds for which a request waits for the refresh of another one: until the lock has surely passed. */
const patienceMs = 8000
const pauseMs = 100

/** Seconds that a token must be valid for a request that uses it while another one refreshes. */
const usableSeconds = 5

/** Whether the access token of a session is to be refreshed. */
export function isDue({ accessUntil }: Pick<StoredSession, 'accessUntil'>, now: number): boolean {
  return accessUntil - now <= dueSeconds
}

function isUsable({ accessUntil }: StoredSession, now: number): boolean {
  return accessUntil - now > usableSeconds
}

/** @throws UNAVAILABLE when the provider, the table or the keys are out of reach, and the old token is of no use */
export async function refresh(parts: SessionParts, cookie: CookieSecret): Promise<StoredSession | undefined> {
  const end = parts.clock() + patienceMs
  do {
    const session = await readSession(parts.table, cookie, nowOf(parts))
    if (!session || !isDue(session, nowOf(parts))) return session
    const lock = await takeLock(parts.table, session, nowOf(parts))
    if (lock !== undefined) return refreshAlone(parts, { cookie, session, lock })
    if (isUsable(session, nowOf(parts))) return session
    await wait(pauseMs)
  } while (parts.clock() < end)
  throw new AppError('UNAVAILABLE', 'another request refreshes the session')
}

/** A session that this request alone refreshes. */
interface Held {
  readonly cookie: CookieSecret
  readonly session: StoredSession
  readonly lock: Lock
}

/** New tokens, which nothing has judged yet. */
interface Renewed {
  readonly accessToken: string
  readonly refreshToken: string
  /** The refresh token, sealed. */
  readonly refresh: Sealed
}

/** The request that has the lock. After a failure the stored refresh token works as before. */
async function refreshAlone(parts: SessionParts, held: Held): Promise<StoredSession | undefined> {
  try {
    return await store(parts, held, await renew(parts, held.session))
  } catch (error) {
    return isEnd(error) ? endSession(parts, held, error) : goOn(parts, held, error)
  }
}

async function renew(parts: SessionParts, { id, heldBy, refresh: sealed }: StoredSession): Promise<Renewed> {
  const { envelope } = parts
  const old = await envelope.open(sealed, id)
  // No holder rotates it: the answer has no refresh token, or the same one.
  const { accessToken, refreshToken = old } = await holderOf(parts, heldBy).refresh(old)
  return { accessToken, refreshToken, refresh: await envelope.seal(refreshToken, id) }
}

/** An outage: the old access token is used as long as it is valid. */
async function goOn(parts: SessionParts, { session, lock }: Held, cause: unknown): Promise<StoredSession> {
  await releaseLock(parts.table, session, lock).catch(() => undefined)
  if (!isUsable(session, nowOf(parts))) throw cause
  parts.log('warn', 'session.not_refreshed', { reason: reasonOf(cause) })
  return session
}

async function store(parts: SessionParts, { cookie, session: before }: Held, renewed: Renewed) {
  const { accessToken, refreshToken, refresh } = renewed
  const person = samePerson(before, await personOf(parts, accessToken))
  await assertNotRevokedNow(parts, person)
  const [now, id] = [nowOf(parts), before.id]
  const { version, ...members } = before
  // Our own issuer's tokens have neither: those of the sign-in stay.
  const old = openAccess(cookie, before)
  const { name = old?.name, email = old?.email } = person
  const after = {
    ...members,
    lastSeen: now,
    idleEnd: Math.min(now + idleSeconds, before.absoluteEnd),
    accessUntil: person.expiresAt,
    access: sealAccess(cookie, id, { token: accessToken, name, email }),
    refresh,
  }
  if (await storeRefreshed(parts.table, before, after)) return { ...after, version: version + 1 }
  return afterLostRace(parts, cookie, before.heldBy, refreshToken)
}

function samePerson({ personId, loginId }: StoredSession, person: Person): Person {
  if (person.id === personId && person.loginId === loginId) return person
  throw new AppError('UNAUTHENTICATED', 'refreshed tokens of another sign-in')
}

/**
 * Another request has refreshed meanwhile: its tokens count. Or the session was ended: these tokens belong to nothing,
 * and the provider revokes them.
 */
async function afterLostRace(parts: SessionParts, cookie: CookieSecret, heldBy: Holder, refreshToken: string) {
  const current = await readSession(parts.table, cookie, nowOf(parts))
  if (!current)
    await holderOf(parts, heldBy)
      .revoke(refreshToken)
      .catch(() => undefined)
  return current
}

/** The provider refuses the refresh token, the endpoint its access token, or the stored one does not open. */
function isEnd(error: unknown): boolean {
  return error instanceof SealBroken || (error instanceof AppError && error.code === 'UNAUTHENTICATED')
}

async function endSession(parts: SessionParts, { cookie, session }: Held, cause: unknown) {
  const { table, clock, log } = parts
  const isBroken = cause instanceof SealBroken
  log(isBroken ? 'error' : 'info', isBroken ? 'session.seal_broken' : 'session.ended', {
    reason: isBroken ? 'refresh token' : reasonOf(cause),
  })
  const current = await readSession(table, cookie, nowOf(parts))
  if (current?.version !== session.version) return current
  await createSessionStore(table, clock).end(session.personId, session.id)
  await informProvider(parts, session.personId)
  return undefined
}
