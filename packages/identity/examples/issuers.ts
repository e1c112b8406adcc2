import type { CognitoIssuer, FieldnotesIssuer, FirebaseIssuer, OidcIssuer } from '@fieldnotes/identity/issuer'
import { cognitoUrls, firebaseUrls } from '@fieldnotes/identity/issuer-urls'

export const auth0: OidcIssuer = {
  kind: 'oidc',
  name: 'auth0',
  issuer: 'https://tenant.eu.auth0.com/',
  jwksUri: 'https://tenant.eu.auth0.com/.well-known/jwks.json',
  audience: 'https://api.example.com/',
  algorithms: ['RS256'],
  scopes: { 'read:notes': ['notes:read'] },
  clientIds: ['web'],
  serviceClientIds: ['robot'],
  issuerAudiences: ['https://tenant.eu.auth0.com/userinfo'],
}

export const cognito: CognitoIssuer = {
  kind: 'cognito',
  name: 'cognito',
  ...cognitoUrls('eu-west-1_AbCdEfGhI'),
  clientIds: ['2example23456789'],
  scopes: { 'notes/read': ['notes:read'] },
}

export const firebase: FirebaseIssuer = {
  kind: 'firebase',
  name: 'firebase',
  ...firebaseUrls('my-project'),
  projectId: 'my-project',
  tenant: null,
  defaultScopes: ['notes:read'],
  scopes: {},
}

export const own: FieldnotesIssuer = {
  kind: 'fieldnotes',
  name: 'fieldnotes',
  issuer: 'https://auth.example.com/oauth',
  jwksUri: 'https://auth.example.com/oauth/jwks',
  firstPartyClientIds: ['terminal'],
  scopes: { 'notes:read': ['notes:read'] },
}
