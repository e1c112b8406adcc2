/** An identity whose key servers answer from memory and whose clock is fixed. */
import { AppError } from '@fieldnotes/core/error'
import type { Principal } from '@fieldnotes/core/principal'
import { createIdentity, type Identity } from '../../src/identity.ts'
import type { Settings } from '../../src/settings.ts'
import { keys } from './keys.ts'
import { cognitoRow, fieldnotesRow, firebaseRow, now, oidcRow, resource } from './rows.ts'

const published = new Map<string, unknown>([
  [cognitoRow.jwksUri, { keys: [keys.cognito.jwk] }],
  [firebaseRow.jwksUri, { keys: [keys.firebase.jwk] }],
  [oidcRow.jwksUri, { keys: [keys.oidc.jwk] }],
  [fieldnotesRow.jwksUri, { keys: [keys.fieldnotes.jwk] }],
])

/** Any other URL fails as an unreachable server does. */
async function fetchPublished(uri: string | URL | Request): Promise<Response> {
  const answer = published.get(String(uri))
  if (answer === undefined) throw new TypeError('fetch failed')
  return Response.json(answer)
}

export const settings: Settings = {
  issuers: [cognitoRow, firebaseRow, oidcRow, fieldnotesRow],
  resource,
  loopbackIssuers: 'refuse',
  environment: {},
  clock: () => now * 1000,
  fetch: fetchPublished,
  log: () => undefined,
}

export function identityWith(changes: Partial<Settings> = {}): Identity {
  return createIdentity({ ...settings, ...changes })
}

export function authenticate(identity: Identity, token: string): Promise<Principal> {
  return identity.authenticate({ authorization: `Bearer ${token}` })
}

/** `CODE reason`, or `accepted`. */
export async function outcomeOf(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt
    return 'accepted'
  } catch (error) {
    return error instanceof AppError ? `${error.code} ${error.reason}` : `unexpected ${String(error)}`
  }
}
