/** Access tokens that are no JWTs: the issuer stores the claims of each under the token's digest. */
import { AppError } from '@fieldnotes/core/error'
import { isOpaqueToken } from '@fieldnotes/core/verdict'
import { modelKey } from './access-keys.ts'
import { digestOf } from './digest.ts'
import type { Table } from './table.ts'

/**
 * Returns the claims of a token, as a JWT would have them; undefined for a token that is not stored: one that was never
 * issued, was revoked by its client, or has expired for some time. One consistent read; none for a text of another form
 * than our tokens. The caller judges the claims, `exp` among them: DynamoDB deletes late.
 * @throws UNAVAILABLE when the table is out of reach, and for an item without claims
 */
export async function readOpaqueToken(
  table: Pick<Table, 'get'>,
  token: string,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  if (!isOpaqueToken(token)) return undefined
  const item = await table.get(modelKey('AccessToken', digestOf(token)))
  if (item === undefined) return undefined
  const { claims } = item
  if (typeof claims === 'object' && claims !== null && !Array.isArray(claims))
    return claims as Readonly<Record<string, unknown>>
  throw new AppError('UNAVAILABLE', 'a stored token can not be read')
}
