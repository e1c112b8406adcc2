/** `FIELDNOTES_TOKEN`: whether it can be a token of the target. A token of another stage is not sent to this one. */
import { type UnverifiedClaims, unverifiedClaims } from '../issuers/unverified-claims.ts'
import type { Target } from '../stage/target.ts'
import { issuersOf } from '../stage/token-requests.ts'
import { UsageError } from '../usage-error.ts'

/** A token with its claims, which are not verified: the API does that. */
export interface GivenToken {
  readonly token: string
  readonly claims: UnverifiedClaims
}

/**
 * Reads the variable; an empty one is undefined.
 * @throws UsageError, without the value, for a text that is no JWT. A terminal may have wrapped a copied token
 */
export function parseGivenToken(text: string | undefined): GivenToken | undefined {
  if (text === undefined || text === '') return undefined
  const claims = unverifiedClaims(text)
  if (claims) return { token: text, claims }
  throw new UsageError('FIELDNOTES_TOKEN is no access token: three parts with a dot between them, in one line.')
}

/**
 * Why the token is of no use at the target; undefined when it may be valid there. `now` is in seconds.
 * @throws CommandFailed when the target's metadata can't be read
 */
export async function faultOfGiven({ claims }: GivenToken, target: Target, now: number): Promise<string | undefined> {
  if (typeof claims.exp !== 'number' || claims.exp <= now) return 'has expired'
  const issuers = await issuersOf(target)
  if (!issuers.includes(claims.iss ?? '')) return `is not of an issuer of ${target.name}`
  return isFor(claims, target) ? undefined : `is of an issuer of ${target.name}, but for another API or client`
}

/**
 * Whether the token names this API, and a client that it accepts. Two stages may have one issuer, with an audience for
 * each. Tokens of a user pool name no audience, and each stage has a pool of its own.
 */
function isFor({ iss, aud, azp, client_id }: UnverifiedClaims, { endpoint, issuers }: Target): boolean {
  const row = issuers.find(({ issuer }) => issuer === iss)
  if (!row) return aud === undefined || [aud].flat().includes(endpoint)
  const accepted = row.clientIds && [...row.clientIds, ...(row.serviceClientIds ?? [])]
  return [aud].flat().includes(row.audience) && (accepted?.includes(String(azp ?? client_id)) ?? true)
}
