/** The token of an `Authorization` header (RFC 6750 §2.1). Query and body are never looked at (RFC 6750 §2.2, §2.3; RFC 9700 §4.3.2). */
import { refuse } from '../refusals.ts'

/** Names in any case, as Node, API Gateway and tests give them. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

const name = 'authorization'
const credentials = /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i
const ourScheme = /^bearer(?: |$)/i
const scheme = 'Bearer '

/**
 * The field's value; `undefined` when there is none.
 * @throws UNAUTHENTICATED when there are several
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

function single(value: string | readonly string[] | undefined): string | undefined {
  if (value === undefined || typeof value === 'string') return value
  return value.length > 1 ? refuse('authorization_repeated') : value[0]
}

/** What follows the usual spelling of the scheme, unchecked: good only for comparing it with a token that was verified before. */
export function uncheckedToken(authorization: string): string | undefined {
  return authorization.startsWith(scheme) ? authorization.slice(scheme.length) : undefined
}

/** @throws UNAUTHENTICATED when it is not exactly one bearer token of at most `charsMax`: we never downgrade to anonymous. */
export function parseBearer(authorization: string, charsMax: number): string {
  if (authorization.length > charsMax + scheme.length) return refuse('token_too_long')
  const token = credentials.exec(authorization)?.[1]
  if (token !== undefined) return token
  return refuse(ourScheme.test(authorization) ? 'authorization_malformed' : 'scheme_unsupported')
}
