/** One row of the table of issuers: whom we believe, for what, and how its words map to ours. A token is judged only by the row its `iss` names. */
export type Issuer = CognitoIssuer | FirebaseIssuer | OidcIssuer

export type Algorithm = 'RS256' | 'ES256'

interface Row {
  /** Short name, the prefix of groups and the `issuer` of a principal: `cognito`. Lower case letters, digits and hyphens. */
  readonly name: string
  /** Exact `iss`. Never changed once people have signed in: their ids are made of it. */
  readonly issuer: string
  /** Where the key set is. */
  readonly jwksUri: string
  /** The issuer's scope spelling → our scopes. What is not listed does not exist. */
  readonly scopes: Readonly<Record<string, readonly string[]>>
  /** Longest `exp - iat` believed, in seconds. 3,660 unless the row says otherwise; at most 86,400. */
  readonly lifetimeSecondsMax?: number
}

/** Access tokens of an Amazon Cognito user pool. */
export interface CognitoIssuer extends Row {
  readonly kind: 'cognito'
  /** App clients whose tokens are for us. Never empty. */
  readonly clientIds: readonly string[]
  /** The pool's other spelling of `iss` (`https://issuer-cognito-idp.…`). The person is the same under both. */
  readonly issuerAlias?: string
}

/** ID tokens of a Firebase project. */
export interface FirebaseIssuer extends Row {
  readonly kind: 'firebase'
  /** Expected `aud`; a deployed row's `iss` is `https://securetoken.google.com/` and this. */
  readonly projectId: string
  /** Identity Platform tenant; `null` says on purpose that tokens carry none. */
  readonly tenant: string | null
  /** Our scopes of a person whose token has no `scope` claim. */
  readonly defaultScopes: readonly string[]
  /** `true`: `confirm` asks Firebase whether the person is disabled, deleted or signed out everywhere. */
  readonly onlineCheck?: boolean
}

/** RFC 9068 access tokens of any OpenID Connect issuer. */
export interface OidcIssuer extends Row {
  readonly kind: 'oidc'
  /** Our resource identifier, the one `aud` we take (RFC 9068 §4). */
  readonly audience: string
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
