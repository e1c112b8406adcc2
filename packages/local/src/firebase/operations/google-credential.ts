/** Google's half of `accounts:signInWithIdp`: the claims of the credential that the SDK sends. */
import type { GoogleLink } from '../account-record.ts'
import { apiError, required } from '../api-error.ts'

/** What Google says about a person. */
export interface GooglePerson extends GoogleLink {
  readonly emailVerified: boolean
  /** The credential as it was sent. */
  readonly credential: string
  /** The mark by which our own page vouches for a choice. */
  readonly choice: string | undefined
}

/** Parameters of the redirect from Google, which the SDK sends as URL, as form, or as fragment. */
function parametersOf(requestUri: string, postBody = ''): URLSearchParams {
  const url = URL.parse(requestUri)
  if (!url || !/^https?:$/.test(url.protocol)) throw apiError('INVALID_REQUEST_URI')
  const sources = [url.search, postBody, url.hash.slice(1)].map((text) => [...new URLSearchParams(text)])
  return new URLSearchParams(Object.fromEntries(sources.flat()))
}

/** The payload of a JWT, or strict JSON as Google's own emulator accepts it. */
function payloadOf(credential: string): unknown {
  const [, payload = ''] = credential.split('.')
  try {
    return JSON.parse(credential.startsWith('{') ? credential : Buffer.from(payload, 'base64url').toString())
  } catch {
    throw apiError('INVALID_IDP_RESPONSE')
  }
}

function text(value: unknown, max: number): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value === 'string' && value.length <= max && value.isWellFormed()) return value
  throw apiError('INVALID_IDP_RESPONSE')
}

function claimsOf(credential: string): Readonly<Record<string, unknown>> {
  const claims = payloadOf(credential)
  if (typeof claims === 'object' && claims !== null && !Array.isArray(claims)) return { ...claims }
  throw apiError('INVALID_IDP_RESPONSE')
}

/**
 * The person of a Google credential. Its signature is not verified: on the laptop the person at the keyboard is Google,
 * and what `Choices` has seen on our own page is that person's choice.
 * Only these six claims are read, so that a credential can't contain scopes or groups.
 * @throws ApiError MISSING_REQUEST_URI, INVALID_REQUEST_URI, INVALID_IDP_RESPONSE; OPERATION_NOT_ALLOWED for a provider
 * other than `google.com`
 */
export function googlePerson(requestUri: string | undefined, postBody: string | undefined): GooglePerson {
  const parameters = parametersOf(required(requestUri, 'MISSING_REQUEST_URI'), postBody)
  if (parameters.get('providerId') !== 'google.com') throw apiError('OPERATION_NOT_ALLOWED')
  const credential = required(parameters.get('id_token') ?? undefined, 'INVALID_IDP_RESPONSE')
  const { sub, email, email_verified, name, picture, choice } = claimsOf(credential)
  return {
    rawId: required(text(sub, 255), 'INVALID_IDP_RESPONSE'),
    email: text(email, 256)?.toLowerCase(),
    emailVerified: email_verified === true,
    displayName: text(name, 256),
    photoUrl: text(picture, 2048),
    credential,
    choice: text(choice, 64),
  }
}
