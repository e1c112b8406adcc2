/** The caller's browser sessions: a page of the list, one by its key, and ending one. */
import { AppError } from '@fieldnotes/core/error'
import type { ListedSession } from '@fieldnotes/table/session-entries'
import { createSessionStore } from '@fieldnotes/table/session-store'
import { writeSignOut } from '@fieldnotes/table/sign-outs'
import type { RevokeSessionInput, RevokeSessionPayload } from '../generated/types.ts'
import { parseIdOf } from '../notes/ids.ts'
import type { PageArguments } from '../notes/page-arguments.ts'
import type { Entry, Page } from '../notes/pages.ts'
import { instant, refusedSeconds } from './instant.ts'
import { pageOfList, positionAt } from './listed-pages.ts'
import type { SignInScope } from './sign-in-scope.ts'

/** A session of the caller. */
export interface Session extends ListedSession {
  /** Whether the caller's credential is of its sign-in. */
  readonly current: boolean
}

export type SessionEntry = Entry<Session>
export type SessionPage = Page<Session>

async function sessionsOf({ open, caller, clock }: SignInScope): Promise<readonly Session[]> {
  const sessions = await createSessionStore(open(), clock).list(caller.id)
  return sessions.map((session) => ({ ...session, current: session.loginId === caller.loginId }))
}

/**
 * A page of the list, the session that was seen last first. The list is short, and read whole. @throws BAD_USER_INPUT
 */
export async function pageOfSessions(scope: SignInScope, args: PageArguments): Promise<SessionPage> {
  const nodes = await sessionsOf(scope)
  const positionOf = ({ lastSeen, id }: Session) => positionAt(lastSeen, id)
  return pageOfList(scope, { name: 'sessions', nodes, positionOf }, args)
}

/** One session. @throws NOT_FOUND for an ended one, another person's, and a key that none has */
export async function sessionBy(scope: SignInScope, key: string): Promise<Session> {
  return oneOf(await sessionsOf(scope), key)
}

function oneOf(sessions: readonly Session[], key: string): Session {
  const found = sessions.find(({ id }) => id === key)
  if (!found) throw new AppError('NOT_FOUND', 'no such session of the caller')
  return found
}

/**
 * Ends a session, with the others of its sign-in, and revokes this sign-in, in one transaction.
 * @throws BAD_USER_INPUT, NOT_FOUND as `sessionBy`; LIMIT_EXCEEDED, UNAVAILABLE as `writeSignOut`
 */
export async function revokeSession(scope: SignInScope, input: RevokeSessionInput): Promise<RevokeSessionPayload> {
  const { open, caller, clock } = scope
  const key = parseIdOf('Session', input.id, 'input.id')
  const sessions = await sessionsOf(scope)
  const { loginId } = oneOf(sessions, key)
  const ended = sessions.filter((each) => each.loginId === loginId)
  const { id: personId, issuer, subject } = caller
  const at = await writeSignOut(open(), { personId, issuer, subject, loginId }, clock(), ended)
  return { revokedSessionId: input.id, refusedFrom: instant(at + refusedSeconds) }
}

/** The caller's sessions of this sign-in. */
export async function currentSessions(scope: SignInScope): Promise<readonly Session[]> {
  return (await sessionsOf(scope)).filter(({ current }) => current)
}
