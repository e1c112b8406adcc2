/** The issuers that a deployed stage trusts: every door reads them from the link `Notes`. */
import { parseOidcIssuers } from '@fieldnotes/core/oidc-issuers'
import { firstPartyClientIds } from '@fieldnotes/core/own-clients'
import { publicUrlFaults } from '@fieldnotes/core/public-url'
import { scopeTable } from '@fieldnotes/core/scopes'
import type { CognitoIssuer, FieldnotesIssuer, FirebaseIssuer, Issuer, OidcIssuer } from '@fieldnotes/identity/issuer'
import { cognitoUrls, firebaseUrls } from '@fieldnotes/identity/issuer-urls'
import type { LinkReader } from './link-reader.ts'

/** What the link `Notes` says of issuers. */
export interface StageIssuers {
  readonly issuers: readonly Issuer[]
  /** Empty where no Firebase project is trusted. */
  readonly firebaseProject: string
}

/** Reads the issuers of a stage in `region`. No account is checked online. */
export function readIssuers(read: LinkReader<'Notes'>, region: string): StageIssuers {
  const userPoolId = read.text('Notes', 'userPoolId', new RegExp(`^${region}_[A-Za-z0-9]+$`))
  const clientIds = read.list('Notes', 'clientIds')
  const firebaseProject = read.text('Notes', 'firebaseProject', /^$|^[a-z][a-z0-9-]{4,28}[a-z0-9]$/)
  const others = oidcIssuers(read)
  const own = ownIssuer(read)
  // A text with a fault is empty.
  const cognito = userPoolId ? [cognitoIssuer(userPoolId, clientIds)] : []
  const firebase = firebaseProject ? [firebaseIssuer(firebaseProject)] : []
  return { issuers: [...cognito, ...firebase, ...own, ...others], firebaseProject }
}

/** The stage's own user pool. */
function cognitoIssuer(userPoolId: string, clientIds: readonly string[]): CognitoIssuer {
  return {
    kind: 'cognito',
    name: 'cognito',
    ...cognitoUrls(userPoolId),
    scopes: scopeTable('/'),
    clientIds,
  }
}

/** Firebase has no scopes: a token has those of our own web client, unless a custom claim lists others. */
function firebaseIssuer(projectId: string): FirebaseIssuer {
  return {
    kind: 'firebase',
    name: 'firebase',
    ...firebaseUrls(projectId),
    scopes: scopeTable(':'),
    projectId,
    tenant: null,
    defaultScopes: ['notes:read', 'notes:write', 'notes:share', 'notes:trash'],
  }
}

/** Issuers of `FIELDNOTES_ISSUERS`. A stage that was deployed before that setting has none. */
function oidcIssuers(read: LinkReader<'Notes'>): readonly OidcIssuer[] {
  const parsed = parseOidcIssuers(String(read.member('Notes', 'issuers') ?? ''), 'deployed')
  read.fail(parsed.faults.map((fault) => `Notes.issuers: ${fault}`))
  return parsed.issuers.map((row) => ({ kind: 'oidc', ...row }))
}

/** The stage's own issuer, by its URL. Empty text, or no member, is a stage without one. */
function ownIssuer(read: LinkReader<'Notes'>): readonly FieldnotesIssuer[] {
  const given = read.member('Notes', 'fieldnotesIssuer')
  if (given === undefined || given === '') return []
  read.fail(ownIssuerFaults(given).map((fault) => `Notes.fieldnotesIssuer ${fault}`))
  const issuer = String(given)
  const jwksUri = `${issuer}/jwks`
  return [{ kind: 'fieldnotes', name: 'fieldnotes', issuer, jwksUri, scopes: scopeTable(':'), firstPartyClientIds }]
}

/** The URL is the exact `iss`, and the key set is below it: it ends in a name, without a query. */
function ownIssuerFaults(given: unknown): readonly string[] {
  const isUsable = typeof given === 'string' && /^https?:\/\/[^\s?#]*[^\s?#/]$/.test(given) && URL.canParse(given)
  return isUsable ? publicUrlFaults(given) : ['is not usable']
}
