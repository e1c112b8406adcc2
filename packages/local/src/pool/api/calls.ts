/**
 * Calls of the user pool's API that the tutorials of AWS make
 * (https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_Operations.html).
 */
import type { Call, CallParts } from './call-parts.ts'
import { passwordCalls } from './password-calls.ts'
import { signInCalls } from './sign-in-calls.ts'
import { signUpCalls } from './sign-up-calls.ts'

/** The calls by name. */
export function createCalls(parts: CallParts): ReadonlyMap<string, Call> {
  return new Map(Object.entries({ ...signUpCalls(parts), ...signInCalls(parts), ...passwordCalls(parts) }))
}
