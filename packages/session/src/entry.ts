/**
 * The entry: `POST /session/graphql` with a cookie becomes `POST /graphql` with a bearer token, in the same process. It
 * reads sessions and notes, and has no key service: a refresh that is due is the other function's.
 */
import type { EnsureProfile } from '@fieldnotes/api/profiles'
import { AppError } from '@fieldnotes/core/error'
import type { SessionPathOf } from '@fieldnotes/core/session-routes'
import { requestMs } from '@fieldnotes/table/deadline'
import { seconds } from '@fieldnotes/table/instants'
import { createTable, type Table } from '@fieldnotes/table/table'
import { answering, type Row } from './answering.ts'
import type { EntryConfig } from './config.ts'
import { type CookieSecret, parseCookieSecret } from './crypto/cookie-secret.ts'
import { sessionCookie } from './http/cookies.ts'
import { cookieOf, type Event, type Handler, hasCookie } from './http/event.ts'
import { innerEvent } from './http/inner-event.ts'
import { assertOwnRequest } from './http/own-request.ts'
import { createSessionIdentity, type JudgeOptions } from './session-identity.ts'
import { type Access, openAccess } from './steps/access-box.ts'
import { createOncePerPerson } from './steps/once-per-person.ts'
import { isDue } from './steps/refresh-session.ts'
import { readSession } from './store/open-sessions.ts'
import type { StoredSession } from './store/session-item.ts'

/** What the entry needs beside the settings that both functions have. */
export interface EntryOptions extends JudgeOptions {
  /** The endpoint, with `via: 'session'` in its configuration. */
  readonly graphql: Handler
  /** The other function's `refresh`, of which the entry needs the sealed access token alone. */
  readonly refresh: (cookie: CookieSecret) => Promise<Pick<StoredSession, 'id' | 'access'> | undefined>
  readonly ensureProfile: EnsureProfile
}

/**
 * Creates the entry, once for the life of a process.
 * @throws Error when a setting is missing or weakens a check
 */
export function createEntry(config: EntryConfig, options: EntryOptions): Handler {
  const { log, graphql, clock = Date.now } = options
  const identity = createSessionIdentity(config, options)
  const ensureProfile = createOncePerPerson(options.ensureProfile)
  const table = createTable(config.access)
  const answer: Handler = async (event, invocation) => {
    assertOwnRequest(event, config.origin)
    const cookie = cookieIn(event)
    const access = await accessOf(table.until({ at: clock() + requestMs, clock }), cookie, options)
    const caller = await identity.authenticate({ authorization: [`Bearer ${access.token}`] })
    if (caller.kind !== 'user') throw noSession('session_of_no_person')
    // Tokens of our own issuer have neither name nor address: a profile without them gets those of the sign-in.
    const { name = access.name } = caller
    await ensureProfile({ ...caller, name, emailAtSignIn: access.email })
    return graphql(innerEvent(event, access.token, caller.id), invocation)
  }
  const rows: Readonly<Record<SessionPathOf<'entry'>, Row>> = { '/session/graphql': { method: 'POST', answer } }
  return answering(rows, { log, challenge: identity.challenge })
}

function noSession(reason: string): AppError {
  return new AppError('UNAUTHENTICATED', reason)
}

/** @throws BAD_USER_INPUT for two credentials; UNAUTHENTICATED for none */
function cookieIn(event: Event): CookieSecret {
  if (event.headers.authorization !== undefined && hasCookie(event, sessionCookie))
    throw new AppError('BAD_USER_INPUT', 'two_credentials', {
      message: 'Send a cookie or an Authorization header, not both.',
    })
  const cookie = parseCookieSecret(cookieOf(event, sessionCookie))
  if (cookie === undefined) throw noSession('session_cookie_missing')
  return cookie
}

/** The access token of a live session, which was refreshed where that is due. One read, where it is not. */
async function accessOf(table: Table, cookie: CookieSecret, options: EntryOptions): Promise<Access> {
  const { clock = Date.now, refresh, log } = options
  const now = seconds(clock())
  const found = await readSession(table, cookie, now)
  const session = found && isDue(found, now) ? await refresh(cookie) : found
  if (!session) throw noSession('session_unknown')
  const access = openAccess(cookie, session)
  if (access) return access
  log('error', 'session.seal_broken', { what: 'access token' })
  throw noSession('session_seal_broken')
}
