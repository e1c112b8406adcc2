/** One issuer of each kind, and the fixed time of the tests. */
import type { CognitoIssuer, FieldnotesIssuer, FirebaseIssuer, OidcIssuer } from '../../src/issuers/issuer.ts'

/** Seconds since the epoch. */
export const now = 1_800_000_000

export const resource = 'https://api.fieldnotes.dev/graphql'

const scopes = { 'notes/read': ['notes:read'], 'notes/write': ['notes:write'] }

export const cognitoRow: CognitoIssuer = {
  kind: 'cognito',
  name: 'cognito',
  issuer: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI',
  issuerAlias: 'https://issuer-cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI',
  jwksUri: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI/.well-known/jwks.json',
  clientIds: ['web', 'mobile'],
  scopes,
}

export const firebaseRow: FirebaseIssuer = {
  kind: 'firebase',
  name: 'firebase',
  issuer: 'https://securetoken.google.com/fieldnotes-prod',
  jwksUri: 'https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com',
  projectId: 'fieldnotes-prod',
  tenant: null,
  defaultScopes: ['notes:read'],
  scopes: { 'notes:read': ['notes:read'], 'notes:write': ['notes:write'] },
}

export const oidcRow: OidcIssuer = {
  kind: 'oidc',
  name: 'own',
  issuer: 'https://auth.fieldnotes.dev',
  jwksUri: 'https://auth.fieldnotes.dev/jwks',
  audience: resource,
  algorithms: ['ES256'],
  scopes: { 'notes:read': ['notes:read'], 'notes:write': ['notes:write'] },
}

export const fieldnotesRow: FieldnotesIssuer = {
  kind: 'fieldnotes',
  name: 'fieldnotes',
  issuer: 'https://api.fieldnotes.dev/oauth',
  jwksUri: 'https://api.fieldnotes.dev/oauth/jwks',
  firstPartyClientIds: ['terminal'],
  scopes: { 'notes:read': ['notes:read'], 'notes:write': ['notes:write'] },
}
