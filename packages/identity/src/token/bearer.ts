/**
 * The bearer token of an `Authorization` header (RFC 6750 §2.1). Tokens in the query or the body are ignored (RFC 6750
 * §2.2, §2.3; RFC 9700 §4.3.2).
 */
import { refuse } from '../refusals.ts'

/** Request headers as Node, API Gateway or a test gives them. Names may be in any case. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

const name = 'authorization'
const credentials = /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i
const bearerScheme = /^bearer(?: |$)/i
const scheme = 'Bearer '

/**
 * Returns the value of the `Authorization` header; `undefined` when there is none.
 * @throws UNAUTHENTICATED when there are several, or one that is not a text
 */
export function authorizationOf(headers: Headers): string | undefined {
  let found: string | undefined
  for (const key in headers) {
    if (key.length !== name.length || key.toLowerCase() !== name) continue
    const value = single(headers[key])
    if (value === undefined) continue
    if (found !== undefined) return refuse('authorization_repeated')
    found = value
  }
  return found
}

/** A caller without types may pass anything: what is neither a text nor a list of one is malformed, and not missing. */
function single(value: unknown): string | undefined {
  if (isTextOrMissing(value)) return value
  if (!Array.isArray(value)) return refuse('authorization_malformed')
  if (value.length > 1) return refuse('authorization_repeated')
  return isTextOrMissing(value[0]) ? value[0] : refuse('authorization_malformed')
}

function isTextOrMissing(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string'
}

/**
 * Returns what follows `Bearer `, unchecked. Use it only to compare with the text of a token that was verified before.
 */
export function uncheckedToken(authorization: string): string | undefined {
  return authorization.startsWith(scheme) ? authorization.slice(scheme.length) : undefined
}

/**
 * Returns the token of a header value.
 * @throws UNAUTHENTICATED unless it is exactly one bearer token of at most `charsMax` characters; a malformed
 * credential never counts as a missing one
 */
export function parseBearer(authorization: string, charsMax: number): string {
  if (authorization.length > charsMax + scheme.length) return refuse('token_too_long')
  const token = credentials.exec(authorization)?.[1]
  if (token !== undefined) return token
  return refuse(bearerScheme.test(authorization) ? 'authorization_malformed' : 'scheme_unsupported')
}
