/** People of the user pool, from a callback to the person that this product knows. */
import { AppError } from '@fieldnotes/core/error'
import type { Identity } from '@fieldnotes/identity/identity'
import type { Attempt } from './attempt.ts'
import type { PoolClient } from './pool-client.ts'

/** A sign-in of a person. */
export interface SignIn {
  readonly personId: string
  /** When the person signed in, in seconds since the epoch. */
  readonly authTime: number
  readonly loginId: string
}

/** A person who has just signed in. */
export interface PersonAtPool extends SignIn {
  readonly name: string | undefined
  /** Name of the row of the user pool, and the person's groups there: the policies of groups apply at each refresh. */
  readonly issuer: string
  readonly groups: readonly string[]
  readonly scopes: readonly string[]
}

/** Sign-ins at the user pool. */
export interface PoolSignIns extends Pick<PoolClient, 'urlOf'> {
  /**
   * The person of a callback.
   * @throws BAD_USER_INPUT for an answer that is refused, UNAUTHENTICATED for a sign-in that was revoked, UNAVAILABLE
   */
  readonly personOf: (query: string, attempt: Attempt) => Promise<PersonAtPool>
}

/** `identity` accepts tokens of the pool for this issuer's client alone. */
export function poolSignIns(client: PoolClient, identity: Pick<Identity, 'requireCaller'>): PoolSignIns {
  return {
    urlOf: client.urlOf,
    personOf: async (query, attempt) => {
      const token = await client.redeem(query, attempt)
      const user = await identity.requireCaller({ authorization: `Bearer ${token}` })
      const { id: personId, authenticatedAt: authTime, loginId } = user
      if (user.kind !== 'user' || authTime === undefined || loginId === undefined)
        throw new AppError('UNAVAILABLE', 'the user pool gave a token without a sign-in')
      const { issuer, name, groups, scopes } = user
      return { personId, authTime, loginId, issuer, name, groups: [...groups], scopes: [...scopes] }
    },
  }
}
