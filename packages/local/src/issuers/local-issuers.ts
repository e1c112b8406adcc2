/**
 * The table of the local cloud's issuers. Discovery, keys, tokens and the endpoint's configuration are derived from its
 * rows.
 */
import { firstPartyClientIds } from '@fieldnotes/core/own-clients'
import { scopeTable } from '@fieldnotes/core/scopes'
import type { Issuer } from '@fieldnotes/identity/issuer'
import { importJWK, type JWK, SignJWT } from 'jose'
import type { Keys } from './signing-keys.ts'
import {
  type Claims,
  clientId,
  cognitoClaims,
  defaultScope,
  fieldnotesClaims,
  firebaseClaims,
  machineClientId,
  poolPath,
  projectId,
  sessionClientId,
  type TokenContents,
} from './token-claims.ts'

/** Name of an issuer. */
export type IssuerName = 'cognito' | 'firebase' | 'fieldnotes'

/** A running issuer with its private key, as listed in `issuers.json`. */
export interface LocalIssuer {
  readonly name: IssuerName
  readonly issuer: string
  readonly jwksUri: string
  readonly privateJwk: JWK
}

interface Paths {
  readonly issuer: string
  readonly jwks: string
}

const paths: Readonly<Record<IssuerName, Paths>> = {
  cognito: { issuer: poolPath, jwks: `${poolPath}/.well-known/jwks.json` },
  firebase: { issuer: `/firebase/${projectId}`, jwks: `/firebase/${projectId}/.well-known/jwks.json` },
  fieldnotes: { issuer: '/oauth', jwks: '/oauth/jwks' },
}

const claimsOf: Readonly<Record<IssuerName, (contents: TokenContents) => Claims>> = {
  cognito: cognitoClaims,
  firebase: firebaseClaims,
  fieldnotes: fieldnotesClaims,
}

/** Cognito's tokens have no `typ` header; Firebase's do, and ours name an access token (RFC 9068 §2.1). */
const typeOf: Readonly<Record<IssuerName, { typ?: string }>> = {
  cognito: {},
  firebase: { typ: 'JWT' },
  fieldnotes: { typ: 'at+jwt' },
}

/** Names of the issuers, in the order in which they are displayed. */
export const issuerNames = Object.keys(paths) as readonly IssuerName[]

/** The issuers of a cloud at `url`. */
export function issuersAt(url: string, keys: Keys): readonly LocalIssuer[] {
  return issuerNames.map((name) => ({
    name,
    issuer: url + paths[name].issuer,
    jwksUri: url + paths[name].jwks,
    privateJwk: keys[name],
  }))
}

/** The issuer of this name. */
export function issuerNamed(rows: readonly LocalIssuer[], name: IssuerName): LocalIssuer {
  const row = rows.find((each) => each.name === name)
  if (!row) throw new Error(`no issuer ${name}`)
  return row
}

/** Signs a token. `claims` override all others, so that invalid tokens can be made. */
export async function mint(
  row: LocalIssuer,
  contents: Omit<TokenContents, 'issuer'>,
  claims: Claims = {},
): Promise<string> {
  const { alg = '', kid = '' } = row.privateJwk
  return new SignJWT({ ...claimsOf[row.name]({ ...contents, issuer: row.issuer }), ...claims })
    .setProtectedHeader({ alg, kid, ...typeOf[row.name] })
    .sign(await importJWK(row.privateJwk))
}

const trustOf: Readonly<Record<IssuerName, (row: LocalIssuer) => Issuer>> = {
  cognito: ({ name, issuer, jwksUri }) => ({
    kind: 'cognito',
    name,
    issuer,
    jwksUri,
    clientIds: [clientId, sessionClientId, machineClientId],
    scopes: scopeTable('/'),
  }),
  firebase: ({ name, issuer, jwksUri }) => ({
    kind: 'firebase',
    name,
    issuer,
    jwksUri,
    projectId,
    tenant: null,
    scopes: scopeTable(':'),
    defaultScopes: defaultScope.split(' '),
  }),
  fieldnotes: ({ issuer, jwksUri }) => ({
    kind: 'fieldnotes',
    name: 'fieldnotes',
    issuer,
    jwksUri,
    scopes: scopeTable(':'),
    firstPartyClientIds,
  }),
}

/** The issuers as rows of the endpoint's configuration. */
export function trusted(rows: readonly LocalIssuer[]): readonly Issuer[] {
  return rows.map((row) => trustOf[row.name](row))
}
