/** The operations on sign-ins of one caller. */
import type { SignOutInput, SignOutPayload } from '../generated/types.ts'
import type { SignInScope } from './sign-in-scope.ts'
import { signOut } from './sign-out.ts'

/** Every operation throws UNAVAILABLE, and what its own file says. */
export function signInsOf(scope: SignInScope) {
  return {
    end: (input: SignOutInput): Promise<SignOutPayload> => signOut(scope, input),
  }
}

export type SignIns = ReturnType<typeof signInsOf>
