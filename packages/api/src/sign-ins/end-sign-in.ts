/** Ends the caller's sign-in with its browser session, or all of them. */

import { restOfSecond } from '@fieldnotes/table/instants'
import type { SignInSource } from '@fieldnotes/table/session-entries'
import { createSessionStore } from '@fieldnotes/table/session-store'
import { readSource } from '@fieldnotes/table/sign-in-sources'
import { writeSignOut } from '@fieldnotes/table/sign-outs'
import { badInput } from '../errors/bad-input.ts'
import type { SignOutInput, SignOutPayload } from '../generated/types.ts'
import { instant, refusedSeconds } from './instant.ts'
import { currentSessions, type Session } from './sessions.ts'
import type { SignInScope } from './sign-in-scope.ts'

/**
 * Revokes the sign-in at every door, or all of the person's. For all of them the issuer is informed too: an issuer that
 * does not answer is informed later, and the sign-ins are refused all the same. It is the one where the person has
 * signed in: the caller's token may be of our own issuer. It resolves in the next second, so that the person can sign
 * in again at once.
 * @throws BAD_USER_INPUT for one sign-in that has no id; LIMIT_EXCEEDED, UNAVAILABLE as `writeSignOut`
 */
export async function signOut(scope: SignInScope, input: SignOutInput): Promise<SignOutPayload> {
  const { open, caller, clock, inform, pause } = scope
  const everywhere = input.everywhere ?? false
  const { id: personId, loginId } = caller
  if (!everywhere && loginId === undefined)
    throw badInput('input.everywhere', 'give true: this sign-in has no id, so that it can not be ended alone')
  const current = await currentSessions(scope)
  const { issuer, subject } = everywhere ? await sourceOf(scope, current) : caller
  const signOut = { personId, issuer, subject, loginId: everywhere ? undefined : loginId }
  const sessions = everywhere ? [] : current
  const at = await writeSignOut(open(), signOut, clock(), sessions)
  if (everywhere) await createSessionStore(open(), clock).endAll(personId, at)
  if (everywhere) await inform({ personId, issuer, subject, at })
  if (everywhere) await pause(restOfSecond(at, clock()))
  return { everywhere, endedUntil: instant(at), refusedFrom: instant(at + refusedSeconds) }
}

/** The name of our own issuer, at which no person has a password. */
const ownIssuer = 'fieldnotes'

/** Where the person has signed in: as the browser session says, or the issuer. @throws UNAVAILABLE */
async function sourceOf({ open, caller }: SignInScope, current: readonly Session[]): Promise<SignInSource> {
  const { source } = current.find((session) => session.source) ?? {}
  if (source || caller.issuer !== ownIssuer) return source ?? caller
  return (await readSource(open(), caller.id)) ?? caller
}
