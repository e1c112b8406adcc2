/** Looks opaque access tokens up in the table Access: apps of third parties have them. */
import type { Introspect } from '@fieldnotes/identity/introspect'
import { readOpaqueToken } from '@fieldnotes/table/opaque-tokens'
import { createTable } from '@fieldnotes/table/table'
import type { Config } from './config/config.ts'

/** Milliseconds after which a read is aborted. `identity` gives up at the same time. */
const readMs = 2000

/**
 * Builds the look-up for `createIdentity`; undefined where no issuer of the configuration makes opaque tokens, or no
 * table Access has them.
 * @param clock milliseconds since the epoch
 */
export function createIntrospect(
  { access, issuers }: Pick<Config, 'access' | 'issuers'>,
  clock: () => number,
): Introspect | undefined {
  if (!access || !issuers.some(({ kind }) => kind === 'fieldnotes')) return undefined
  const table = createTable(access)
  return (token) => readOpaqueToken(table.until({ at: clock() + readMs, clock }), token)
}
