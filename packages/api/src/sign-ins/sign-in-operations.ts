/** The operations on sign-ins and sessions of one caller. */
import type { RevokeSessionInput, RevokeSessionPayload, SignOutInput, SignOutPayload } from '../generated/types.ts'
import type { PageArguments } from '../notes/page-arguments.ts'
import { signOut } from './end-sign-in.ts'
import { pageOfSessions, revokeSession, type Session, type SessionPage, sessionBy } from './sessions.ts'
import type { SignInScope } from './sign-in-scope.ts'

/** Every operation throws UNAVAILABLE, and what its own file says. */
export function signInsOf(scope: SignInScope) {
  return {
    end: (input: SignOutInput): Promise<SignOutPayload> => signOut(scope, input),
    sessions: (args: PageArguments): Promise<SessionPage> => pageOfSessions(scope, args),
    session: (key: string): Promise<Session> => sessionBy(scope, key),
    revoke: (input: RevokeSessionInput): Promise<RevokeSessionPayload> => revokeSession(scope, input),
  }
}

export type SignIns = ReturnType<typeof signInsOf>
