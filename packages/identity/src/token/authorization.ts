/**
 * The token of an `Authorization` header (RFC 6750 §2.1, RFC 9449 §7.1). Tokens in the query or the body are ignored
 * (RFC 6750 §2.2, §2.3; RFC 9700 §4.3.2).
 */
import { type Refusal, refuse } from '../refusals.ts'

/** Request headers as Node, API Gateway or a test gives them. Names may be in any case. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

/** A scheme of authentication: a token alone, or a token with a proof that its sender holds a key. */
export type Scheme = 'Bearer' | 'DPoP'

/** A token that was sent, not verified. */
export interface Credential {
  readonly scheme: Scheme
  readonly token: string
}

/** The reasons for a header that was sent more than once, and for one that is not a text. */
interface HeaderRefusals {
  readonly repeated: Refusal
  readonly malformed: Refusal
}

const authorizationRefusals = { repeated: 'authorization_repeated', malformed: 'authorization_malformed' } as const
const credentials = /^(?:bearer|dpop) +([A-Za-z0-9\-._~+/]+=*)$/i
const schemeAlone = /^(bearer|dpop)(?: |$)/i
const bearerPrefix = 'Bearer '

/**
 * Returns the value of the `Authorization` header; `undefined` when there is none.
 * @throws UNAUTHENTICATED when there are several, or one that is not a text
 */
export function authorizationOf(headers: Headers): string | undefined {
  return singleHeader(headers, 'authorization', authorizationRefusals)
}

/**
 * Returns the value of the header with this name, in lower case; `undefined` when there is none.
 * @throws UNAUTHENTICATED when there are several, or one that is not a text
 */
export function singleHeader(headers: Headers, name: string, refusals: HeaderRefusals): string | undefined {
  let found: string | undefined
  for (const key in headers) {
    if (key.length !== name.length || key.toLowerCase() !== name) continue
    const value = single(headers[key], refusals)
    if (value === undefined) continue
    if (found !== undefined) return refuse(refusals.repeated)
    found = value
  }
  return found
}

/** A caller without types may pass anything: what is neither a text nor a list of one is malformed, and not missing. */
function single(value: unknown, { repeated, malformed }: HeaderRefusals): string | undefined {
  if (isTextOrMissing(value)) return value
  if (!Array.isArray(value)) return refuse(malformed)
  if (value.length > 1) return refuse(repeated)
  return isTextOrMissing(value[0]) ? value[0] : refuse(malformed)
}

function isTextOrMissing(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string'
}

/**
 * Returns what follows `Bearer `, unchecked. Use it only to compare with the text of a token that was verified before.
 */
export function uncheckedToken(authorization: string): string | undefined {
  return authorization.startsWith(bearerPrefix) ? authorization.slice(bearerPrefix.length) : undefined
}

/**
 * Returns scheme and token of a header value. `schemes` are those that are accepted.
 * @throws UNAUTHENTICATED unless it is exactly one token of at most `charsMax` characters after an accepted scheme; a
 * malformed credential never counts as a missing one
 */
export function parseCredential(authorization: string, charsMax: number, schemes: readonly Scheme[]): Credential {
  if (authorization.length > charsMax + bearerPrefix.length) return refuse('token_too_long')
  const scheme = schemeOf(schemeAlone.exec(authorization)?.[1], schemes)
  if (scheme === undefined) return refuse('scheme_unsupported')
  const token = credentials.exec(authorization)?.[1]
  return token === undefined ? refuse('authorization_malformed') : { scheme, token }
}

/** The names of schemes ignore case (RFC 9110 §11.1). */
function schemeOf(name: string | undefined, schemes: readonly Scheme[]): Scheme | undefined {
  return schemes.find((scheme) => scheme.toLowerCase() === name?.toLowerCase())
}
