/** Begins a session for tokens of a new sign-in. */
import { repairLine } from '@fieldnotes/core/visible-text'
import { digestOf } from '@fieldnotes/table/digest'
import type { SignInSource } from '@fieldnotes/table/session-entries'
import { createSessionStore } from '@fieldnotes/table/session-store'
import { type CookieSecret, newCookieSecret } from '../crypto/cookie-secret.ts'
import { absoluteSeconds, idleSeconds } from '../store/lifetimes.ts'
import { createSession } from '../store/open-sessions.ts'
import type { Holder } from '../store/session-item.ts'
import { sealAccess } from './access-box.ts'
import { informProvider } from './inform-provider.ts'
import { assertNotRevokedNow } from './revoked-now.ts'
import { nowOf, type Person, reasonOf, type SessionParts } from './session-parts.ts'

/** Live sessions of one person, at most: the one that was seen least recently is ended. */
const sessionsMax = 50

/** Characters of a user agent that are stored. */
const userAgentMax = 200

/** A sign-in that passed every check. */
export interface Begun {
  readonly person: Person
  readonly heldBy: Holder
  readonly accessToken: string
  readonly refreshToken: string
  readonly userAgent: string | undefined
  /** Where the person signed in. */
  readonly source: SignInSource
}

/**
 * Stores a session under a new cookie, which no request has had before (session fixation). Then it reads the
 * revocations: a sign-out that ran at the same time has either found the session, or is found here.
 * @throws UNAUTHENTICATED for a sign-in that was revoked meanwhile; UNAVAILABLE
 */
export async function beginSession(parts: SessionParts, begun: Begun): Promise<CookieSecret> {
  const { cookie, id } = await store(parts, begun)
  try {
    await assertNotRevokedNow(parts, begun.person)
  } catch (error) {
    await createSessionStore(parts.table, parts.clock)
      .end(begun.person.id, id)
      .catch(() => undefined)
    throw error
  }
  await endOldest(parts, begun.person.id, id)
  return cookie
}

async function store(parts: SessionParts, { person, heldBy, accessToken, refreshToken, userAgent, source }: Begun) {
  const cookie = newCookieSecret()
  const [id, now] = [digestOf(cookie), nowOf(parts)]
  await createSession(parts.table, {
    id,
    personId: person.id,
    heldBy,
    source,
    loginId: person.loginId,
    userAgent: repairLine(userAgent ?? '', userAgentMax) ?? '',
    signedInAt: person.authenticatedAt ?? 0,
    firstSeen: now,
    lastSeen: now,
    idleEnd: now + idleSeconds,
    absoluteEnd: now + absoluteSeconds,
    version: 1,
    accessUntil: person.expiresAt,
    access: sealAccess(cookie, id, { token: accessToken, name: person.name, email: person.email }),
    refresh: await parts.envelope.seal(refreshToken, id),
  })
  return { cookie, id }
}

/**
 * It never throws: the new session is stored, and a later sign-in ends what is left. The new one stays, also where the
 * others are of the same second, or of a clock that is ahead.
 */
async function endOldest(parts: SessionParts, personId: string, newId: string): Promise<void> {
  const sessions = createSessionStore(parts.table, parts.clock)
  try {
    const others = (await sessions.list(personId)).filter(({ id }) => id !== newId)
    const extra = others.slice(sessionsMax - 1)
    await Promise.all(extra.map(({ id }) => sessions.end(personId, id)))
    if (extra.length > 0) await informProvider(parts, personId)
  } catch (error) {
    parts.log('warn', 'session.oldest_not_ended', { reason: reasonOf(error) })
  }
}
