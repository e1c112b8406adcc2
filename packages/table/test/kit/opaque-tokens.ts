/** Opaque access tokens as the issuer stores them. */
import { randomBytes } from 'node:crypto'
import { modelKey } from '../../src/access-keys.ts'
import { digestOf } from '../../src/digest.ts'
import type { Table } from '../../src/table.ts'

/** Claims of a token, as a JWT of the issuer has them. */
export interface OpaqueClaims extends Readonly<Record<string, unknown>> {
  /** Seconds since the epoch. */
  readonly exp: number
}

/** Stores a token with these claims, and `jti`. Returns its text: 256 random bits. */
export async function storeOpaqueToken(table: Pick<Table, 'write'>, claims: OpaqueClaims): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const jti = digestOf(token)
  const item = { ...modelKey('AccessToken', jti), payload: '{}', claims: { jti, ...claims }, expiresAt: claims.exp }
  await table.write({ put: item, when: [[['absent', 'pk']]] })
  return token
}
