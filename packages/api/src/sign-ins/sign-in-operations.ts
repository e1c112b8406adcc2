/** The operations on sign-ins, sessions and connected apps of one caller. */
import type {
  RevokeAppInput,
  RevokeAppPayload,
  RevokeSessionInput,
  RevokeSessionPayload,
  SignOutInput,
  SignOutPayload,
} from '../generated/types.ts'
import type { PageArguments } from '../notes/page-arguments.ts'
import { signOut } from './end-sign-in.ts'
import { pageOfSessions, revokeSession, type Session, type SessionPage, sessionBy } from './sessions.ts'
import type { SignInScope } from './sign-in-scope.ts'
import { type App, type AppPage, appBy, pageOfApps, revokeApp } from './third-party-apps.ts'

/** Every operation throws UNAVAILABLE, and what its own file says. */
export function signInsOf(scope: SignInScope) {
  return {
    end: (input: SignOutInput): Promise<SignOutPayload> => signOut(scope, input),
    sessions: (args: PageArguments): Promise<SessionPage> => pageOfSessions(scope, args),
    session: (key: string): Promise<Session> => sessionBy(scope, key),
    revoke: (input: RevokeSessionInput): Promise<RevokeSessionPayload> => revokeSession(scope, input),
    apps: (args: PageArguments): Promise<AppPage> => pageOfApps(scope, args),
    app: (key: string): Promise<App> => appBy(scope, key),
    revokeApp: (input: RevokeAppInput): Promise<RevokeAppPayload> => revokeApp(scope, input),
  }
}

export type SignIns = ReturnType<typeof signInsOf>
