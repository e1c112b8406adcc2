/**
 * The key of every item in the table `access`. What a caller presents as a secret (a cookie, a code, a refresh token,
 * an API key) is in a key as its digest alone. `rights.ts` lists which function may touch which partition.
 */
import type { RevocationKind } from '@fieldnotes/core/revocation'
import type { Digest } from './digest.ts'
import type { Key } from './writes.ts'

/** The one partition of all revocations, which a function reads whole. */
export const revokedPartition = 'REVOKED'

/** Seconds since the epoch in ten digits, which sort by time. */
function digits(at: number): string {
  return String(Math.max(0, at)).padStart(10, '0')
}

/**
 * A revocation, in the order in which it was written (seconds since the epoch). `text` is its kind with its ids, of
 * which none is a secret (`revokedText` of `core`).
 */
export function revocationKey(writtenAt: number, text: string): Key {
  return { pk: revokedPartition, sk: `${digits(writtenAt)}#${text}` }
}

/** A revocation for what can be refreshed, by its kind with its ids (`revokedText` of `core`). */
export function endedKey(text: string): Key {
  return { pk: `ENDED#${text}`, sk: 'ENDED' }
}

/** The one partition of sign-outs of which the issuers are to be informed. */
export const signOutsPartition = 'SIGNOUT'

/** A person has signed out everywhere, and this issuer is not informed yet. A person's id has no `#`. */
export function signOutKey(personId: string, issuer: string): Key {
  return { pk: signOutsPartition, sk: `${personId}#${issuer}` }
}

/** The number of a person's sign-outs of one kind in a window of time. */
export function signOutsOfPersonKey(personId: string, kind: RevocationKind, window: number): Key {
  return { pk: `PERSON#${personId}`, sk: `SIGNOUTS#${kind}#${window}` }
}

/** A browser session, by the digest of its cookie. */
export function sessionKey(cookie: Digest): Key {
  return { pk: `SESSION#${cookie}`, sk: 'SESSION' }
}

/** A sign-in that was started and not finished, by the digest of its `state`. Consumed once. */
export function signInKey(state: Digest): Key {
  return { pk: `SIGNIN#${state}`, sk: 'SIGNIN' }
}

/** An entry of a person's list of sessions. It has what the list shows, and neither tokens nor the cookie. */
export function personSessionKey(personId: string, cookie: Digest): Key {
  return { pk: `PERSON#${personId}`, sk: `SESSION#${cookie}` }
}

/** The one partition of ended sessions of which the provider is to be informed. */
export const endedPartition = 'SESSIONEND'

/** A session has ended, and the provider is not informed yet. A person's id has no `#`. */
export function endedSessionKey(personId: string, cookie: Digest): Key {
  return { pk: endedPartition, sk: `${personId}#${cookie}` }
}

/** Names the session of a sign-in, so that an operator who knows the sign-in alone finds it by one Query. */
export function loginSessionKey(loginId: string, cookie: Digest): Key {
  return { pk: `LOGIN#${loginId}`, sk: `SESSION#${cookie}` }
}

/** Where a person has signed in: the one issuer and `sub` of which the person's id is derived. */
export function personSourceKey(personId: string): Key {
  return { pk: `PERSON#${personId}`, sk: 'SOURCE' }
}

/** An entry of a person's list of linked apps. */
export function personAppKey(personId: string, clientId: string): Key {
  return { pk: `PERSON#${personId}`, sk: `APP#${clientId}` }
}

/**
 * Models of the issuer's library (oidc-provider) that are stored. Of access tokens it stores the opaque ones, which
 * third parties get; JWTs are not stored.
 */
export type Model =
  | 'AccessToken'
  | 'AuthorizationCode'
  | 'DeviceCode'
  | 'Grant'
  | 'Interaction'
  | 'PushedAuthorizationRequest'
  | 'RefreshToken'
  | 'ReplayDetection'
  | 'Session'

/** An item of the issuer's library, by the digest of its id: the id of a code or refresh token is its value. */
export function modelKey(model: Model, id: Digest): Key {
  return { pk: `OIDC#${model}#${id}`, sk: model }
}

/**
 * Names one item of a grant, so that ending the grant finds its codes and tokens by consistent Queries. They are in the
 * order in which they expire, in seconds since the epoch: those that have expired are not read.
 */
export function grantMemberKey(grant: Digest, model: Model, id: Digest, expiresAt: number): Key {
  return { pk: `GRANT#${grant}`, sk: `${model}#${expiresAt}#${id}` }
}

/** A second id of an item of the issuer: the `uid` of a session, the user code of a device code. */
export function aliasKey(kind: 'uid' | 'userCode', value: Digest): Key {
  return { pk: `ALIAS#${kind}#${value}`, sk: 'ALIAS' }
}

/** A client of the issuer. */
export function clientKey(clientId: string): Key {
  return { pk: `CLIENT#${clientId}`, sk: 'CLIENT' }
}

/** An entry of the list of clients, which operators read without a scan. */
export function clientEntryKey(clientId: string): Key {
  return { pk: 'CLIENTS', sk: clientId }
}

/** The one partition of the policies of groups, which a function reads whole. */
export const groupPoliciesPartition = 'GROUPS'

/** The policy of a group, which is `issuer:group` as in `groups` of a principal. An issuer's name has no `:`. */
export function groupPolicyKey(group: string): Key {
  return { pk: groupPoliciesPartition, sk: group }
}

/** An application with the digests of its API keys. A key names it, so that one consistent read finds both. */
export function applicationKey(id: string): Key {
  return { pk: `APPLICATION#${id}`, sk: 'APPLICATION' }
}

/** An entry of the list of applications, which operators read without a scan. */
export function applicationEntryKey(id: string): Key {
  return { pk: 'APPLICATIONS', sk: id }
}

/** An application by one of its clients, which is `issuer:client_id`: requests without a key have its limit too. */
export function clientApplicationKey(client: string, application: string): Key {
  return { pk: `APPLICATIONOF#${client}`, sk: application }
}

/** When an API key was last used. It is no part of the application, which the endpoint must not change. */
export function apiKeyUseKey(application: string, secret: Digest): Key {
  return { pk: `KEYUSE#${application}`, sk: secret }
}

/** A DPoP proof that was used (RFC 9449 §11.1), by the thumbprint of its key and the digest of its `jti`. */
export function proofKey(thumbprint: string, jti: Digest): Key {
  return { pk: `PROOF#${thumbprint}`, sk: jti }
}

/** Partition of a person's exports: another person's export can't be named. */
function exportsPartition(personId: string): string {
  return `EXPORT#${personId}`
}

/** The export that a person has started last. */
export function currentExportKey(personId: string): Key {
  return { pk: exportsPartition(personId), sk: 'CURRENT' }
}

/** How often requests of a person have worked on exports of late. */
export function exportPeriodsKey(personId: string): Key {
  return { pk: exportsPartition(personId), sk: 'PERIODS' }
}

/** How an export has ended. An export without this item is pending. */
export function exportEndKey(personId: string, exportId: string): Key {
  return { pk: exportsPartition(personId), sk: `${exportId}#END` }
}

/** Which request writes the archive of an export. */
export function exportLeaseKey(personId: string, exportId: string): Key {
  return { pk: exportsPartition(personId), sk: `${exportId}#LEASE` }
}

/** One part of an export, which is written once. `index` counts from 0. */
export function exportPartKey(personId: string, exportId: string, index: number): Key {
  return { pk: exportsPartition(personId), sk: `${exportId}#PART#${String(index).padStart(6, '0')}` }
}
