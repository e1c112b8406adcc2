/** A confidential client of the stage's user pool, as the function that has it is linked to it. */
import type { Issuer } from '@fieldnotes/identity/issuer'
import type { LinkReader } from './link-reader.ts'

/** The user pool as an OAuth server, with the client. */
export interface PoolClientLink {
  readonly issuer: string
  readonly jwksUri: string
  /** Origin of the sign-in pages. */
  readonly pages: string
  readonly authorizationEndpoint: string
  readonly tokenEndpoint: string
  readonly clientId: string
  /** Never logged. */
  readonly clientSecret: string
  readonly scope: string
  /** Cognito names itself in no answer (RFC 9207). */
  readonly namesItself: false
}

/** Ids of Cognito's app clients. Those of the laptop begin with `local`, and are refused. */
const clientId = /^(?!local)[\w-]{1,128}$/

/**
 * Reads the client from the members `signIn`, `clientId`, `clientSecret` and `scope` of a link. Cognito's domain of the
 * pages has no key set: that is at the issuer.
 */
export function readPoolClient<Link extends string>(
  read: LinkReader<Link>,
  link: Link,
  { issuers, region }: { readonly issuers: readonly Issuer[]; readonly region: string },
): PoolClientLink {
  const pages = read.text(link, 'signIn', signInIn(region))
  const pool = issuers.find(({ kind }) => kind === 'cognito')
  return {
    issuer: pool?.issuer ?? '',
    jwksUri: pool?.jwksUri ?? '',
    pages,
    authorizationEndpoint: `${pages}/oauth2/authorize`,
    tokenEndpoint: `${pages}/oauth2/token`,
    clientId: read.text(link, 'clientId', clientId),
    clientSecret: read.text(link, 'clientSecret', /^[\w+/=-]{24,256}$/),
    scope: read.text(link, 'scope', /^openid( [\w./-]+)+$/),
    namesItself: false,
  }
}

/** Cognito's own domain of the sign-in pages: no other server gets codes, tokens and the secret. */
function signInIn(region: string): RegExp {
  return new RegExp(`^https://[a-z0-9-]+\\.auth\\.${region}\\.amazoncognito\\.com$`)
}
