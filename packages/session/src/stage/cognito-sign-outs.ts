/** Ends the sign-ins of people at the user pool of a stage. Its client is loaded with the first sign-out. */
import type { EndSignIns } from '@fieldnotes/api/inform-issuers'
import { loadOnce } from '@fieldnotes/core/load-once'
import { type AwsOptions, abortAfter, clientOptions } from './call-options.ts'

/** The user pool, and where Cognito is. */
export interface CognitoOptions extends AwsOptions {
  readonly userPoolId: string
}

/** Milliseconds after which both calls are aborted: as long as one issuer gets to answer. */
const callMs = 3000

/** The form of a `sub` of a user pool. It is written into a filter, in which a quote would be syntax. */
const subject = /^[\w-]{1,64}$/

/**
 * `AdminUserGlobalSignOut` revokes the refresh tokens of a person (Cognito, user pools API). It takes a user name,
 * which of a federated person is not the `sub`: `ListUsers` returns it, and finds one `sub` at most.
 * A `sub` of another form, and one that the pool does not know, has no sign-ins.
 */
export function createCognitoSignOuts({ userPoolId: UserPoolId, ...options }: CognitoOptions): EndSignIns {
  const open = loadOnce(async () => {
    const library = await import('@aws-sdk/client-cognito-identity-provider')
    const { CognitoIdentityProviderClient, ListUsersCommand, AdminUserGlobalSignOutCommand } = library
    return {
      client: new CognitoIdentityProviderClient(clientOptions(options)),
      ListUsersCommand,
      AdminUserGlobalSignOutCommand,
    }
  })
  return async (sub) => {
    if (!subject.test(sub)) return
    const { client, ListUsersCommand, AdminUserGlobalSignOutCommand } = await open()
    const call = abortAfter(callMs)
    const found = await client.send(new ListUsersCommand({ UserPoolId, Filter: `sub = "${sub}"`, Limit: 1 }), call)
    const Username = found.Users?.[0]?.Username
    if (Username === undefined) return
    await client.send(new AdminUserGlobalSignOutCommand({ UserPoolId, Username }), call).catch(unlessUnknown)
  }
}

/** A person who was deleted between the two calls. */
function unlessUnknown(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'UserNotFoundException') throw error
}
