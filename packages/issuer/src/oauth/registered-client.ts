/** Clients as oidc-provider takes them (RFC 7591 §2). */
import { timingSafeEqual } from 'node:crypto'
import { digestOf } from '@fieldnotes/table/digest'
import Provider, { type Client, type ClientMetadata, errors } from 'oidc-provider'
import type { IssuerClient } from '../clients/issuer-client.ts'
import { codeGrantOf } from '../grants/app-rows.ts'
import { type ClientRow, grantTypesOf } from '../grants/client-rows.ts'

/** Members of our own: the row of the table of grants, and the digests of the secrets. */
export const ownMembers = ['fieldnotes_row', 'fieldnotes_secrets'] as const

/** The metadata of a client. Its secret is there as a digest, which no request can present. */
export function metadataOf({ id, row, credentials }: IssuerClient): ClientMetadata {
  const { secretDigests = [], jwks } = credentials
  return {
    client_id: id,
    token_endpoint_auth_method: row.auth,
    grant_types: [...grantTypesOf(row)],
    ...redirectsOf(row),
    fieldnotes_row: row,
    ...(jwks && { jwks: jwks as never }),
    ...(secretDigests.length > 0 && { client_secret: secretDigests[0], fieldnotes_secrets: secretDigests }),
  } as ClientMetadata
}

/** A native app is one whose loopback addresses match at any port (RFC 8252 §7.3). */
function redirectsOf(row: ClientRow) {
  const code = codeGrantOf(row)
  if (!code) return { response_types: [], redirect_uris: [] }
  const application_type = row.profile === 'app' ? 'native' : 'web'
  return { response_types: ['code'], application_type, redirect_uris: [...code.redirectUris] }
}

/** The row of a client. */
export function rowOf(client: Client): ClientRow | undefined {
  return (client as unknown as { readonly fieldnotes_row?: ClientRow }).fieldnotes_row
}

function secretsOf(client: Client): readonly string[] {
  return (client as unknown as { readonly fieldnotes_secrets?: readonly string[] }).fieldnotes_secrets ?? []
}

/**
 * Compares secrets by their digests, and refuses one in another place than the client's own: oidc-provider takes a
 * secret of the body for `client_secret_basic` too.
 */
export function compareSecrets(provider: Provider): void {
  provider.Client.prototype.compareClientSecret = function compare(this: Client, secret: string): boolean {
    // An empty header proves nothing: oidc-provider takes the secret of the body beside it.
    const isHeader = Boolean(Provider.ctx?.headers.authorization)
    if (this.clientAuthMethod !== (isHeader ? 'client_secret_basic' : 'client_secret_post')) return false
    const given = Buffer.from(digestOf(secret))
    return secretsOf(this)
      .map((digest) => timingSafeEqual(given, Buffer.from(digest)))
      .includes(true)
  }
}

/** Refuses a grant that is not the client's with the code of RFC 6749 §5.2: oidc-provider has `invalid_request`. */
export function refuseOtherGrants(provider: Provider): void {
  provider.Client.prototype.grantTypeAllowed = function isAllowed(this: Client, type: string): boolean {
    if (this.grantTypes?.includes(type)) return true
    const { route, params } = Provider.ctx?.oidc ?? {}
    if (route === 'token' && params?.grant_type === type)
      throw new errors.UnauthorizedClient('the client does not have this grant')
    return false
  }
}
