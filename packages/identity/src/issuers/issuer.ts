/** The configuration of one issuer: whose tokens are accepted, for whom, and how its scopes map to the API's scopes. */
import type { Algorithm } from '../token/token-profile.ts'

/** One issuer. A token is judged by the issuer whose `iss` it has, and by no other. */
export type Issuer = CognitoIssuer | FirebaseIssuer | OidcIssuer | FieldnotesIssuer

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

/**
 * RFC 9068 access tokens of any OpenID Connect issuer.
 * @example
 * ```ts
 * import type { OidcIssuer } from '@fieldnotes/identity/issuer'
 *
 * const auth: OidcIssuer = {
 *   kind: 'oidc',
 *   name: 'auth',
 *   issuer: 'https://auth.example.com',
 *   jwksUri: 'https://auth.example.com/jwks',
 *   audience: 'https://api.example.com/',
 *   algorithms: ['ES256'],
 *   scopes: { read: ['notes:read'] },
 * }
 * ```
 */
export interface OidcIssuer extends CommonIssuer {
  readonly kind: 'oidc'
  /** This API's identifier at the issuer, which `aud` must have (RFC 9068 §4). No other API may have it. */
  readonly audience: string
  /** Accepted signature algorithms. At least one. */
  readonly algorithms: readonly Algorithm[]
  /**
   * Accepted clients, which are the product's own. Absent or `null`: every client to which the issuer gives a token for
   * `audience`. A principal of a client that the row does not list has `thirdParty: true`.
   */
  readonly clientIds?: readonly string[] | null
  /**
   * Clients that only act for themselves (client credentials), accepted in addition to `clientIds`. Their principals
   * are services, and `thirdParty` is `false`. List them where `sub` is not the client id that RFC 9068 §2.2 requires:
   * Auth0 appends `@clients`, and Keycloak has a user for each client.
   */
  readonly serviceClientIds?: readonly string[]
  /**
   * Further audiences that a token may have. List only endpoints of the issuer itself, such as its UserInfo endpoint:
   * any other recipient could replay the token here (RFC 8725 §3.9). Default: none.
   */
  readonly issuerAudiences?: readonly string[]
  /** Claims with other names than in RFC 9068: `azp` for `client_id`, any name for `groups`. */
  readonly claims?: { readonly clientId?: 'client_id' | 'azp'; readonly groups?: string }
}

/**
 * Access tokens (RFC 9068, ES256) of the product's own issuer. It exchanges tokens of the other issuers for tokens with
 * the same person's id as `sub`: the only kind whose `sub` becomes the id of a principal.
 */
export interface FieldnotesIssuer extends CommonIssuer {
  readonly kind: 'fieldnotes'
  /** The name is reserved: no other kind may have it. */
  readonly name: 'fieldnotes'
  /** Clients of the product itself. A principal of any other client has `thirdParty: true`. May be empty. */
  readonly firstPartyClientIds: readonly string[]
}

/**
 * Every `iss` that the issuer's tokens may have. The first one is part of a person's id.
 * @internal
 */
export function acceptedIssuers(row: Issuer): readonly [string, ...string[]] {
  return row.kind === 'cognito' && row.issuerAlias !== undefined ? [row.issuer, row.issuerAlias] : [row.issuer]
}
