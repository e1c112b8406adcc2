/** Policies of groups at each token of a grant, also at each refresh, by the groups of its sign-in. */
import type { GroupPolicies, PolicySubject } from '@fieldnotes/identity/group-policies'
import type { KoaContextWithOIDC, ResourceServer } from 'oidc-provider'
import { lifetimeSecondsMax } from '../grants/grant.ts'
import { answering, invalidScope } from './oauth-errors.ts'
import { requestedScopes } from './resource-servers.ts'
import type { SignInOfGrant } from './sign-in-grant.ts'

/** Where people sign in whose grant does not say it. */
const userPoolName = 'cognito'

/** Seconds until a changed policy has reached the copy of every process. */
const policyDelaySeconds = 30

/** A person at a sign-in, as policies judge them. */
type SignedIn = Pick<PolicySubject, 'groups'> & Partial<Pick<PolicySubject, 'via'>>

/**
 * The longest life of a token, in seconds: a changed policy is in force 300 seconds later, also where the token was
 * given by a copy of the policies that is 30 seconds old. No policy is about a person without groups.
 */
export function lifetimeUnderPolicies({ groups, via }: SignedIn): number {
  return groups.size > 0 || via === 'iam' ? lifetimeSecondsMax - policyDelaySeconds : lifetimeSecondsMax
}

/**
 * The resource server with the scopes and the life that the policies allow now. A grant that does not say the groups
 * has what every membership would leave. A client that acts for itself has no grant, and is in no group.
 * @throws InvalidScope for a requested scope that they do not allow; UNAVAILABLE when they are out of reach
 */
export async function narrowedServer(
  ctx: KoaContextWithOIDC,
  server: ResourceServer,
  policies: GroupPolicies,
): Promise<ResourceServer> {
  const grant = ctx.oidc.entities.Grant as SignInOfGrant | undefined
  if (!grant) return server
  const { issuer = userPoolName, groups } = grant
  const subject = { kind: 'user', issuer, groups: new Set(groups), via: groups ? 'bearer' : 'iam' } as const
  const lasts = Math.min(server.accessTokenTTL ?? lifetimeSecondsMax, lifetimeUnderPolicies(subject))
  const limited = { ...server, accessTokenTTL: lasts }
  const allowed = await answering(async () => policies(subject))
  if (allowed === 'all') return limited
  if (requestedScopes(ctx).some((scope) => !allowed.has(scope)))
    throw invalidScope('scope is beyond what the policies of the groups allow')
  const scope = server.scope
    .split(' ')
    .filter((each) => allowed.has(each))
    .join(' ')
  return { ...limited, scope }
}
