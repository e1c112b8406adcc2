/** The check for revocation, after a token was verified. It is closed: what can't be decided is an outage. */
import type { Service, User } from '@fieldnotes/core/principal'
import { refuse, unavailable, undecided } from '../refusals.ts'
import type { IsRevoked } from './revocation-list.ts'

/**
 * Returns at once when `isRevoked` returns a plain boolean, so that a remembered token costs no `await`. Only `false`
 * lets a principal pass.
 * @throws UNAUTHENTICATED for a revoked principal; UNAVAILABLE when `isRevoked` fails or returns no boolean
 */
export function assertNotRevoked(principal: User | Service, isRevoked: IsRevoked): undefined | Promise<undefined> {
  const found = attempt(() => isRevoked(principal))
  return typeof found === 'boolean' ? judge(found) : Promise.resolve(found).then(judge, closed)
}

function attempt(act: () => boolean | Promise<boolean>): boolean | Promise<boolean> {
  try {
    return act()
  } catch (error) {
    return closed(error)
  }
}

function judge(found: boolean): undefined {
  if (found === true) refuse('revoked')
  if (found !== false) unavailable('revocations_unavailable')
}

function closed(error: unknown): never {
  return undecided('revocations_unavailable', error)
}
