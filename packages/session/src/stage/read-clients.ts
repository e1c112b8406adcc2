/** The clients that a deployed function is: at the user pool, and at our own issuer. */
import type { Issuer } from '@fieldnotes/identity/issuer'
import type { LinkReader } from '@fieldnotes/stage/link-reader'
import { readPoolClient } from '@fieldnotes/stage/pool-client-link'
import type { OwnIssuerConfig, ProviderConfig } from '../config.ts'

type Reader = LinkReader<'Notes' | 'SessionIssuer' | 'SessionProvider'>

/** The client at the user pool. */
export function readProvider(read: Reader, issuers: readonly Issuer[], region: string): ProviderConfig {
  const { pages, ...client } = readPoolClient(read, 'SessionProvider', { issuers, region })
  return { ...client, revocationEndpoint: `${pages}/oauth2/revoke`, logoutEndpoint: `${pages}/logout` }
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
