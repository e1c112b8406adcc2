/** People of the user pool, from a callback to the person that this product knows. */
import type { Identity } from '@fieldnotes/identity/identity'
import type { Attempt } from './attempt.ts'
import { signedInPerson } from './person-of-token.ts'
import type { PoolClient } from './pool-client.ts'
import type { SignedInPerson } from './signed-in-person.ts'

/** Sign-ins at the user pool. */
export interface PoolSignIns extends Pick<PoolClient, 'urlOf'> {
  /**
   * The person of a callback.
   * @throws BAD_USER_INPUT for an answer that is refused, UNAUTHENTICATED for a sign-in that was revoked, UNAVAILABLE
   */
  readonly personOf: (query: string, attempt: Attempt) => Promise<SignedInPerson>
}

/** `identity` accepts tokens of the pool for this issuer's client alone. */
export function poolSignIns(client: PoolClient, identity: Pick<Identity, 'requireCaller'>): PoolSignIns {
  return {
    urlOf: client.urlOf,
    personOf: async (query, attempt) => signedInPerson(await client.redeem(query, attempt), identity),
  }
}
