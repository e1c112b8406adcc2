/** The clients that a deployed function is: at the user pool, and at our own issuer. */
import type { Issuer } from '@fieldnotes/identity/issuer'
import type { LinkReader } from '@fieldnotes/stage/link-reader'
import type { OwnIssuerConfig, ProviderConfig } from '../config.ts'

type Reader = LinkReader<'Notes' | 'SessionIssuer' | 'SessionProvider'>

/** Ids of Cognito's app clients. Those of the laptop begin with `local`, and are refused. */
const clientId = /^(?!local)[\w-]{1,128}$/

/**
 * The client at the user pool. Cognito names itself in no answer, and its domain of the pages has no key set.
 */
export function readProvider(read: Reader, issuers: readonly Issuer[], region: string): ProviderConfig {
  const pages = read.text('SessionProvider', 'signIn', signInIn(region))
  const pool = issuers.find(({ kind }) => kind === 'cognito')
  return {
    issuer: pool?.issuer ?? '',
    jwksUri: pool?.jwksUri ?? '',
    authorizationEndpoint: `${pages}/oauth2/authorize`,
    tokenEndpoint: `${pages}/oauth2/token`,
    revocationEndpoint: `${pages}/oauth2/revoke`,
    logoutEndpoint: `${pages}/logout`,
    clientId: read.text('SessionProvider', 'clientId', clientId),
    clientSecret: read.text('SessionProvider', 'clientSecret', /^[\w+/=-]{24,256}$/),
    scope: read.text('SessionProvider', 'scope', /^openid( [\w./-]+)+$/),
    namesItself: false,
  }
}

/** Cognito's own domain of the sign-in pages: no other server gets codes, tokens and the secret. */
function signInIn(region: string): RegExp {
  return new RegExp(`^https://[a-z0-9-]+\\.auth\\.${region}\\.amazoncognito\\.com$`)
}

/**
 * The client at our own issuer, which is that of the link `Notes`: its public URL was checked with the other issuers.
 * A stage without it does not start, because a session whose refresh token it holds could neither go on nor end.
 */
export function readOwnIssuer(read: Reader, issuers: readonly Issuer[]): OwnIssuerConfig {
  const own = issuers.find(({ kind }) => kind === 'fieldnotes')
  if (!own) read.fail(['Notes.fieldnotesIssuer is missing'])
  const issuer = own?.issuer ?? ''
  return {
    issuer,
    tokenEndpoint: `${issuer}/token`,
    revocationEndpoint: `${issuer}/revoke`,
    clientId: 'firebase-session',
    clientSecret: read.text('SessionIssuer', 'clientSecret', /^[\w-]{48}$/),
  }
}
