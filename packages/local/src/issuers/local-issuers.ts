/** The issuers of the local cloud: one row each, from which discovery, keys, tokens and the endpoint's own table all follow. */
import { scopeTable } from '@fieldnotes/core/scopes'
import type { Issuer } from '@fieldnotes/identity/issuer'
import { importJWK, type JWK, SignJWT } from 'jose'
import type { Keys } from './keys.ts'
import { type Claims, clientId, cognitoClaims, defaultScope, firebaseClaims, projectId, type Wish } from './shapes.ts'

export type IssuerName = 'cognito' | 'firebase'

/** One issuer as it runs. `issuers.json` lists these, for any tool that mints tokens. */
export interface LocalIssuer {
  readonly name: IssuerName
  readonly issuer: string
  readonly jwksUri: string
  readonly privateJwk: JWK
}

const paths: Readonly<Record<IssuerName, string>> = {
  cognito: '/cognito/eu-west-1_Local0001',
  firebase: `/firebase/${projectId}`,
}

const claimsOf: Readonly<Record<IssuerName, (wish: Wish) => Claims>> = {
  cognito: cognitoClaims,
  firebase: firebaseClaims,
}

/** Cognito's tokens carry no `typ`; Firebase's do. */
const typeOf: Readonly<Record<IssuerName, { typ?: string }>> = { cognito: {}, firebase: { typ: 'JWT' } }

/** Names of the issuers, in the order in which they are shown. */
export const issuerNames = Object.keys(paths) as readonly IssuerName[]

/** The issuers as they run at `url`, the address of the local cloud. */
export function issuersAt(url: string, keys: Keys): readonly LocalIssuer[] {
  return issuerNames.map((name) => ({
    name,
    issuer: url + paths[name],
    jwksUri: `${url + paths[name]}/.well-known/jwks.json`,
    privateJwk: keys[name],
  }))
}

/** A signed token. `claims` come last, so that any claim can be made odd. */
export async function mint(row: LocalIssuer, wish: Omit<Wish, 'issuer'>, claims: Claims = {}): Promise<string> {
  return new SignJWT({ ...claimsOf[row.name]({ ...wish, issuer: row.issuer }), ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: row.privateJwk.kid ?? '', ...typeOf[row.name] })
    .sign(await importJWK(row.privateJwk, 'RS256'))
}

const trustOf: Readonly<Record<IssuerName, (row: LocalIssuer) => Issuer>> = {
  cognito: ({ name, issuer, jwksUri }) => ({
    kind: 'cognito',
    name,
    issuer,
    jwksUri,
    clientIds: [clientId],
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
}

/** The same issuers as rows of the endpoint's table of whom to believe. */
export function trusted(rows: readonly LocalIssuer[]): readonly Issuer[] {
  return rows.map((row) => trustOf[row.name](row))
}
