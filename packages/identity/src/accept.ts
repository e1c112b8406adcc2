/** The last step of every credential: what is stored here about a verified caller. */
import type { Service, User } from '@fieldnotes/core/principal'
import type { AllowedScopes } from './groups/group-policies.ts'
import { createNarrowScopes } from './groups/narrow-scopes.ts'
import { assertNotRevoked } from './revocation/assert-not-revoked.ts'
import type { IsRevoked } from './revocation/revocation-list.ts'

/** What the host knows of callers. Undefined: no credential is revoked; no scope is withheld. */
export interface AcceptOptions {
  readonly isRevoked: IsRevoked | undefined
  readonly allowedScopes: AllowedScopes | undefined
}

type Caller = User | Service

/** Returns the caller of a verified credential with the scopes that are allowed. */
export type Accept = (principal: Caller) => Caller | Promise<Caller>

/**
 * Builds the step. Without a read that is due it returns a plain value; otherwise both reads run at the same time.
 * @throws UNAUTHENTICATED for a revoked principal; UNAVAILABLE when one of the two can't be decided
 */
export function createAccept({ isRevoked, allowedScopes }: AcceptOptions): Accept {
  const narrow = allowedScopes && createNarrowScopes(allowedScopes)
  return (principal) => {
    const checking = isRevoked && assertNotRevoked(principal, isRevoked)
    if (!narrow) return checking ? checking.then(() => principal) : principal
    if (!checking) return narrow(principal)
    // A rejection of the one must not be unhandled where the other throws at once.
    const narrowing = (async () => narrow(principal))()
    return Promise.all([checking, narrowing]).then(([, caller]) => caller)
  }
}
