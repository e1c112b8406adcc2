/** The issuers that a deployed stage trusts. */
import { parseOidcIssuers } from '@fieldnotes/core/oidc-issuers'
import { firstPartyClientIds } from '@fieldnotes/core/own-clients'
import { publicUrlFaults } from '@fieldnotes/core/public-url'
import { scopeTable } from '@fieldnotes/core/scopes'
import type { CognitoIssuer, FieldnotesIssuer, FirebaseIssuer, OidcIssuer } from '@fieldnotes/identity/issuer'
import { cognitoUrls, firebaseUrls } from '@fieldnotes/identity/issuer-urls'

/** The stage's own user pool. @throws Error for an id that is not of a user pool */
export function cognitoIssuer(userPoolId: string, clientIds: readonly string[]): CognitoIssuer {
  return {
    kind: 'cognito',
    name: 'cognito',
    ...cognitoUrls(userPoolId),
    scopes: scopeTable('/'),
    clientIds,
  }
}

/** Firebase has no scopes: a token has those of our own web client, unless a custom claim lists others. */
export function firebaseIssuer(projectId: string, onlineCheck: boolean): FirebaseIssuer {
  return {
    kind: 'firebase',
    name: 'firebase',
    ...firebaseUrls(projectId),
    scopes: scopeTable(':'),
    projectId,
    tenant: null,
    defaultScopes: ['notes:read', 'notes:write', 'notes:share', 'notes:trash'],
    ...(onlineCheck && { onlineCheck }),
  }
}

/** Issuers of `FIELDNOTES_ISSUERS`. A stage that was deployed before that setting has none. */
export function oidcIssuers(given: unknown, faults: string[]): readonly OidcIssuer[] {
  const parsed = parseOidcIssuers(String(given ?? ''), 'deployed')
  faults.push(...parsed.faults.map((fault) => `Notes.issuers: ${fault}`))
  return parsed.issuers.map((row) => ({ kind: 'oidc', ...row }))
}

/** The stage's own issuer, by its URL. Empty text, or no member, is a stage without one. */
export function ownIssuer(given: unknown, faults: string[]): readonly FieldnotesIssuer[] {
  if (given === undefined || given === '') return []
  faults.push(...ownIssuerFaults(given).map((fault) => `Notes.fieldnotesIssuer ${fault}`))
  const issuer = String(given)
  const jwksUri = `${issuer}/jwks`
  return [{ kind: 'fieldnotes', name: 'fieldnotes', issuer, jwksUri, scopes: scopeTable(':'), firstPartyClientIds }]
}

/** The URL is the exact `iss`, and the key set is below it: it ends in a name, without a query. */
function ownIssuerFaults(given: unknown): readonly string[] {
  const isUsable = typeof given === 'string' && /^https?:\/\/[^\s?#]*[^\s?#/]$/.test(given) && URL.canParse(given)
  return isUsable ? publicUrlFaults(given) : ['is not usable']
}
