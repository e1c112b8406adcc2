/** Principals for tests and examples. Those of requests come from `authenticate` of `@fieldnotes/identity` alone. */
import type { Known, Service, User } from './principal.ts'

/**
 * A person without scopes and groups, whose client is the product's own. `members` replace what a test is about.
 * @example
 * ```ts
 * import { sampleUser } from '@fieldnotes/core/sample-principals'
 *
 * const alice = sampleUser({ id: 'alice', scopes: new Set(['notes:read']) })
 * ```
 */
export function sampleUser(members: Partial<Omit<User, 'kind'>> = {}): User {
  return Object.freeze({ ...known(members.id), name: undefined, email: undefined, ...members, kind: 'user' })
}

/**
 * A service without scopes and groups. `members` replace what a test is about.
 * @example
 * ```ts
 * import { sampleService } from '@fieldnotes/core/sample-principals'
 *
 * const robot = sampleService({ id: 'robot', groups: new Set(['cognito:robots']) })
 * ```
 */
export function sampleService(members: Partial<Omit<Service, 'kind' | 'loginId'>> = {}): Service {
  return Object.freeze({ ...known(members.id), ...members, kind: 'service', loginId: undefined })
}

function known(id = 'sample'): Known {
  return {
    id,
    issuer: 'sample',
    subject: id,
    clientId: undefined,
    scopes: new Set(),
    groups: new Set(),
    authenticatedAt: undefined,
    tokenId: undefined,
    loginId: undefined,
    actor: undefined,
    thirdParty: false,
    boundTo: undefined,
    via: 'bearer',
    expiresAt: 4_000_000_000,
  }
}
