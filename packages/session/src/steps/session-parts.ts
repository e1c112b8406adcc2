/** What the steps of the function that signs in have in common. */
import { AppError } from '@fieldnotes/core/error'
import type { Log } from '@fieldnotes/core/log'
import type { User } from '@fieldnotes/core/principal'
import type { Identity } from '@fieldnotes/identity/identity'
import { seconds } from '@fieldnotes/table/instants'
import type { Refreshable } from '@fieldnotes/table/lasting-ends'
import { isRevocable } from '@fieldnotes/table/revocation-items'
import type { Table } from '@fieldnotes/table/table'
import type { Envelope } from '../crypto/envelope.ts'
import type { OwnIssuer } from '../provider/firebase-holder.ts'
import type { RefreshTokens } from '../provider/oauth-client.ts'
import type { Provider } from '../provider/oauth-provider.ts'
import type { Holder, StoredSession } from '../store/session-item.ts'

/** This product's client at the server of a session's refresh token. */
export interface HolderClient {
  /** Name of the server's row of the issuers. */
  readonly issuer: string
  readonly clientId: string
  /** Where a browser ends its session at the server. The page that comes after it, where there is none. */
  readonly logoutUrl: string
}

/** The parts. `table` has the deadline of one call. */
export interface SessionParts {
  readonly table: Table
  readonly provider: Provider
  readonly ownIssuer: OwnIssuer
  readonly clients: Readonly<Record<Holder, HolderClient>>
  readonly envelope: Envelope
  readonly identity: Pick<Identity, 'authenticate'>
  readonly log: Log
  /** Milliseconds since the epoch. */
  readonly clock: () => number
}

/** A person whose sign-in is known, so that its tokens can be revoked. */
export type Person = User & { readonly loginId: string }

/** Seconds since the epoch. */
export function nowOf({ clock }: Pick<SessionParts, 'clock'>): number {
  return seconds(clock())
}

/**
 * The person of an access token, judged as the endpoint judges it.
 * @throws UNAUTHENTICATED for a token that is not accepted, or not of a person; UNAVAILABLE as `authenticate`
 */
export async function personOf({ identity }: Pick<SessionParts, 'identity'>, token: string): Promise<Person> {
  const caller = await identity.authenticate({ authorization: [`Bearer ${token}`] })
  if (caller.kind === 'user' && isRevocable(caller.loginId)) return caller as Person
  throw new AppError('UNAUTHENTICATED', 'not a person with a sign-in')
}

/** What ends a session for good, beside its own end. */
export function refreshableOf({ clients }: Pick<SessionParts, 'clients'>, session: StoredSession): Refreshable {
  const { personId, loginId, signedInAt: authTime, heldBy } = session
  const { issuer, clientId } = clients[heldBy]
  return { personId, loginId, authTime, issuer, clientId }
}

/** The server of a session's refresh token. */
export function holderOf(
  { provider, ownIssuer }: Pick<SessionParts, 'provider' | 'ownIssuer'>,
  heldBy: Holder,
): RefreshTokens {
  return heldBy === 'own' ? ownIssuer : provider
}

/** Code and reason of an error, for the log. */
export function reasonOf(error: unknown): string {
  return error instanceof AppError ? `${error.code} ${error.reason}` : 'unexpected'
}
