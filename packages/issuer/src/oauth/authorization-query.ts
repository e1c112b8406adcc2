/** The query of an authorization request as oidc-provider takes it. */
import { errors } from 'oidc-provider'

/** The name of `max_age` inside: under its own, oidc-provider refuses it without the scope `openid`. */
export const maxAgeName = 'sign_in_max_age'

/** Parameters of OpenID Connect, which it refuses in the same way. No client has the scope. */
const openIdNames = ['acr_values', 'claims_locales', 'id_token_hint', 'nonce']

/**
 * Leaves out what means nothing here, as a server does with parameters that it does not know (RFC 6749 §3.1), and keeps
 * `max_age`, by which a client steps up (RFC 9470 §4). One that is repeated stays, and is refused.
 */
export function plainQuery(query: string): string {
  const given = new URLSearchParams(query)
  for (const name of [...openIdNames, maxAgeName]) given.delete(name)
  const [maxAge, ...others] = given.getAll('max_age')
  if (maxAge !== undefined && others.length === 0) {
    given.delete('max_age')
    given.set(maxAgeName, maxAge)
  }
  return given.toString()
}

/** @throws InvalidRequest for a `max_age` that is not a whole number of seconds */
export function assertMaxAge(_ctx: unknown, value: unknown): void {
  if (value === undefined || /^\d{1,9}$/.test(String(value))) return
  throw new errors.InvalidRequest('max_age is not a whole number of seconds')
}
