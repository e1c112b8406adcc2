/** One row of the table of issuers: whom we believe, for what, and how its words map to ours. A token is judged only by the row its `iss` names. */
export type Issuer = CognitoIssuer | FirebaseIssuer | OidcIssuer

interface Row {
  /** Short name, the prefix of groups and the `issuer` of a principal: `cognito`. */
  readonly name: string
  /** Exact `iss`. */
  readonly issuer: string
  /** Where the key set is. */
  readonly jwksUri: string
  /** The issuer's scope spelling → our scopes. What is not listed does not exist. */
  readonly scopes: Readonly<Record<string, readonly string[]>>
}

/** Access tokens of an Amazon Cognito user pool. */
export interface CognitoIssuer extends Row {
  readonly kind: 'cognito'
  /** App clients whose tokens are for us. Never empty. */
  readonly clientIds: readonly string[]
}

/** ID tokens of a Firebase project. */
export interface FirebaseIssuer extends Row {
  readonly kind: 'firebase'
  /** Expected `aud`; `iss` is derived from it. */
  readonly projectId: string
  /** Identity Platform tenant; `null` says on purpose that tokens carry none. */
  readonly tenant: string | null
  /** Scopes of a person whose token has no `scope` claim. */
  readonly defaultScopes: readonly string[]
}

/** RFC 9068 access tokens of any OpenID Connect issuer. */
export interface OidcIssuer extends Row {
  readonly kind: 'oidc'
  /** Our resource identifier, expected in `aud`. */
  readonly audience: string
  readonly algorithms: readonly ('RS256' | 'ES256')[]
}
