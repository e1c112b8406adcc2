/** Policies of groups at each token of a grant, also at each refresh, by the groups of its sign-in. */
import type { GroupPolicies } from '@fieldnotes/identity/group-policies'
import type { KoaContextWithOIDC, ResourceServer } from 'oidc-provider'
import { answering, invalidScope } from './oauth-errors.ts'
import { requestedScopes } from './resource-servers.ts'
import type { SignInOfGrant } from './sign-in-grant.ts'

/** Where people sign in whose grant does not say it. */
const userPoolName = 'cognito'

/**
 * The resource server with the scopes that the policies allow now. A grant that does not say the groups has what every
 * membership would leave. A client that acts for itself has no grant, and is in no group.
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
  const allowed = await answering(async () => policies(subject))
  if (allowed === 'all') return server
  if (requestedScopes(ctx).some((scope) => !allowed.has(scope)))
    throw invalidScope('scope is beyond what the policies of the groups allow')
  const scope = server.scope
    .split(' ')
    .filter((each) => allowed.has(each))
    .join(' ')
  return { ...server, scope }
}
