/** The scopes of an exchanged token: what its subject, the client and the target all have, and never more. */
import { ExchangeRefusal } from './exchange-refusal.ts'

/**
 * Requested scopes, each of which must be among those of subject and client (which are all of the target); all of these
 * when none are requested.
 * @throws ExchangeRefusal invalid_scope for one that is beyond them, and when nothing is left: never fewer than
 * requested (RFC 6749 §3.3 would allow that)
 */
export function grantedScopes(
  requested: readonly string[],
  subject: ReadonlySet<string>,
  client: readonly string[],
): readonly string[] {
  const shared = client.filter((scope) => subject.has(scope))
  if (requested.some((scope) => !shared.includes(scope)))
    throw new ExchangeRefusal('invalid_scope', 'scope is beyond what the subject, the client or the target has')
  const granted = requested.length > 0 ? requested : shared
  if (granted.length > 0) return granted
  throw new ExchangeRefusal('invalid_scope', 'subject and client have no scope of the target in common')
}
