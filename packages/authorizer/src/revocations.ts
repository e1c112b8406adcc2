/** Judges every caller by the revocations of the table Access. */
import { createRevocationList, type IsRevoked, revocationWindowSeconds } from '@fieldnotes/identity/revocation-list'
import { readRevocations } from '@fieldnotes/table/revocations'
import { createTable } from '@fieldnotes/table/table'
import type { AuthorizerOptions } from './authorizer.ts'
import type { Config } from './config.ts'

/** Milliseconds after which a read is aborted. The list gives up at the same time. */
const readMs = 2000

/** Builds the check for `createIdentity`. It reads nothing before the first verified token. */
export function createIsRevoked(
  { access, issuers }: Config,
  { log, clock = Date.now }: Pick<AuthorizerOptions, 'log' | 'clock'>,
): IsRevoked {
  const table = createTable(access)
  return createRevocationList({
    read: (sinceSeconds) => readRevocations(table.until({ at: clock() + readMs, clock }), sinceSeconds),
    windowSeconds: revocationWindowSeconds(issuers),
    clock,
    log,
  })
}
