/** The configuration of one issuer: whose tokens are accepted, for whom, and how its scopes map to the API's scopes. */
import type { Algorithm } from '../token/token-profile.ts'

/** One issuer. A token is judged by the issuer whose `iss` it has, and by no other. */
export type Issuer = CognitoIssuer | FirebaseIssuer | OidcIssuer

/** The members that all kinds of issuer have. */
export interface CommonIssuer {
  /**
   * Short name, such as `cognito`: 1 to 32 lower-case letters, digits and hyphens. It is the `issuer` of a principal
   * and the prefix of its groups.
   */
  readonly name: string
  /** Exact `iss` of the tokens. Never change it after people have signed in: their ids are derived from it. */
  readonly issuer: string
  /** URL of the key set (RFC 7517 §5). */
  readonly jwksUri: string
  /** The issuer's scope → the API's scopes. Scopes that are not listed are dropped. */
  readonly scopes: Readonly<Record<string, readonly string[]>>
  /** Longest accepted `exp - iat`, in seconds, from 1 to 86,400. Default: 3,660. */
  readonly lifetimeSecondsMax?: number
}

/** Access tokens of an Amazon Cognito user pool. */
export interface CognitoIssuer extends CommonIssuer {
  readonly kind: 'cognito'
  /** Accepted app clients. At least one. */
  readonly clientIds: readonly string[]
  /** The pool's second `iss` (`https://issuer-cognito-idp.…`). A person has the same id under both. */
  readonly issuerAlias?: string
}

/** ID tokens of a Firebase project. */
export interface FirebaseIssuer extends CommonIssuer {
  readonly kind: 'firebase'
  /** Required `aud`. In a deployment, `issuer` must be `https://securetoken.google.com/` and this. */
  readonly projectId: string
  /** Identity Platform tenant; `null` accepts only tokens without tenant. */
  readonly tenant: string | null
  /** The API's scopes for tokens without `scope` claim. */
  readonly defaultScopes: readonly string[]
  /** Whether `checkAccount` calls Firebase. Needs the package firebase-admin. Default: false. */
  readonly onlineCheck?: boolean
}

/** RFC 9068 access tokens of any OpenID Connect issuer. */
export interface OidcIssuer extends CommonIssuer {
  readonly kind: 'oidc'
  /** This API's identifier at the issuer: the only accepted `aud` (RFC 9068 §4). */
  readonly audience: string
  /** Accepted signature algorithms. At least one. */
  readonly algorithms: readonly Algorithm[]
  /** Clients whose tokens are accepted. Absent or `null`: every client to which the issuer gives a token for `audience`. */
  readonly clientIds?: readonly string[] | null
  /**
   * Clients that act for themselves only (client credentials), accepted beside `clientIds`: their tokens are of a service.
   * Needed where `sub` is not the client id, as RFC 9068 §2.2 wants it: Auth0 appends `@clients`, Keycloak has a user for each client.
   */
  readonly serviceClientIds?: readonly string[]
  /**
   * Audiences that a token may name beside `audience`. Only endpoints of the issuer itself belong here, such as its UserInfo
   * endpoint: the issuer could sign any token anyway, but any other recipient could replay the token to us (RFC 8725 §3.9).
   */
  readonly issuerAudiences?: readonly string[]
  /** Names of claims that differ from RFC 9068: `azp` in place of `client_id`, another name in place of `groups`. */
  readonly claims?: { readonly clientId?: 'client_id' | 'azp'; readonly groups?: string }
}

/** Every `iss` that the issuer's tokens may have. The first one is part of a person's id. */
export function acceptedIssuers(row: Issuer): readonly [string, ...string[]] {
  return row.kind === 'cognito' && row.issuerAlias !== undefined ? [row.issuer, row.issuerAlias] : [row.issuer]
}
