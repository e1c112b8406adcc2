/** What judges subject tokens: one identity for each audience. */
import type { Log } from '@fieldnotes/core/log'
import type { AllowedScopes } from '@fieldnotes/identity/group-policies'
import { createIdentity, type Identity } from '@fieldnotes/identity/identity'
import type { Issuer } from '@fieldnotes/identity/issuer'
import type { IsRevoked } from '@fieldnotes/identity/revocation-list'
import type { Settings } from '@fieldnotes/identity/settings'
import { readOpaqueToken } from '@fieldnotes/table/opaque-tokens'
import type { Table } from '@fieldnotes/table/table'
import { type TargetName, targetNames, targetUrl } from '../grants/targets.ts'

/** What the identities need. */
export interface IdentitiesParts extends Pick<Settings, 'environment' | 'loopbackIssuers'> {
  readonly issuers: readonly Issuer[]
  /** Narrows the scopes of people by the policies of their groups. */
  readonly allowedScopes: AllowedScopes
  /** Origin of the API. */
  readonly origin: string
  /** One list for all of them: several would each read the same revocations. */
  readonly isRevoked: IsRevoked
  readonly clock: () => number
  readonly fetch: typeof fetch
  readonly log: Log
}

/** What an identity needs that looks opaque tokens up. */
export interface OpaqueParts extends IdentitiesParts {
  /** The table with the time that one call may take. */
  readonly table: () => Pick<Table, 'get'>
}

/** Every issuer gives tokens for the endpoint; for every other target our own alone does. */
function believed(issuers: readonly Issuer[], name: TargetName): readonly Issuer[] {
  return name === 'graphql' ? issuers : issuers.filter(({ kind }) => kind === 'fieldnotes')
}

/** The identity of sign-ins at the user pool: it accepts tokens of this issuer's own client there, and no others. */
export function createSignInIdentity(parts: IdentitiesParts, clientId: string): Identity {
  const issuers = parts.issuers.flatMap((row) => (row.kind === 'cognito' ? [{ ...row, clientIds: [clientId] }] : []))
  return identityOf(parts, issuers)
}

/** The identity of sign-ins at Firebase: it accepts ID tokens of the project, and no others. */
export function createFirebaseIdentity(parts: IdentitiesParts): Identity {
  const issuers = parts.issuers.filter(({ kind }) => kind === 'firebase')
  return identityOf(parts, issuers)
}

function identityOf(parts: IdentitiesParts, issuers: readonly Issuer[]): Identity {
  return createIdentity({ ...parts, issuers, resource: targetUrl(parts.origin, 'graphql') })
}

/** The identity of userinfo: it accepts tokens of this issuer alone, looks opaque ones up, and uses up DPoP proofs. */
export function createUserInfoIdentity(parts: OpaqueParts, proofs: NonNullable<Settings['proofs']>): Identity {
  return createIdentity({
    ...parts,
    proofs,
    issuers: parts.issuers.filter(({ kind }) => kind === 'fieldnotes'),
    resource: targetUrl(parts.origin, 'graphql'),
    introspect: (token) => readOpaqueToken(parts.table(), token),
  })
}

/** Creates the identities. Key sets are fetched with the first token. */
export function createIdentities(parts: IdentitiesParts): Readonly<Record<TargetName, Identity>> {
  const { issuers, origin } = parts
  const identityFor = (name: TargetName) =>
    createIdentity({ ...parts, issuers: believed(issuers, name), resource: targetUrl(origin, name) })
  return Object.fromEntries(targetNames.map((name) => [name, identityFor(name)])) as Record<TargetName, Identity>
}
