/** Begins a session for tokens of a new sign-in. */
import { repairLine } from '@fieldnotes/core/visible-text'
import { digestOf } from '@fieldnotes/table/digest'
import { createSessionStore } from '@fieldnotes/table/session-store'
import { type CookieSecret, newCookieSecret } from '../crypto/cookie-secret.ts'
import { absoluteSeconds, idleSeconds } from '../store/lifetimes.ts'
import { createSession } from '../store/open-sessions.ts'
import { sealAccess } from './access-box.ts'
import { informProvider } from './inform-provider.ts'
import { nowOf, type Person, type SessionParts } from './session-parts.ts'

/** Live sessions of one person, at most: the one that was seen least recently is ended. */
const sessionsMax = 50

/** Characters of a user agent that are stored. */
const userAgentMax = 200

/** A sign-in that passed every check. */
export interface Begun {
  readonly person: Person
  readonly accessToken: string
  readonly refreshToken: string
  readonly userAgent: string | undefined
}

/** Stores a session under a new cookie, which no request has had before (session fixation). @throws UNAVAILABLE */
export async function beginSession(parts: SessionParts, begun: Begun): Promise<CookieSecret> {
  const { person, accessToken, refreshToken } = begun
  const cookie = newCookieSecret()
  const [id, now] = [digestOf(cookie), nowOf(parts)]
  await createSession(parts.table, {
    id,
    personId: person.id,
    loginId: person.loginId,
    userAgent: repairLine(begun.userAgent ?? '', userAgentMax) ?? '',
    firstSeen: now,
    lastSeen: now,
    idleEnd: now + idleSeconds,
    absoluteEnd: now + absoluteSeconds,
    version: 1,
    accessUntil: person.expiresAt,
    access: sealAccess(cookie, id, { token: accessToken, name: person.name, isFirst: true }),
    refresh: await parts.envelope.seal(refreshToken, id),
  })
  await endOldest(parts, person.id)
  return cookie
}

async function endOldest(parts: SessionParts, personId: string): Promise<void> {
  const store = createSessionStore(parts.table, parts.clock)
  const extra = (await store.list(personId)).slice(sessionsMax)
  if (extra.length === 0) return
  await Promise.all(extra.map(({ id }) => store.end(personId, id)))
  await informProvider(parts, personId)
}
