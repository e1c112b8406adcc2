/** Judges every caller by the revocations of the table Access. */
import type { Log } from '@fieldnotes/core/log'
import { createRevocationList, type IsRevoked, revocationWindowSeconds } from '@fieldnotes/identity/revocation-list'
import { signedWindowSeconds } from '@fieldnotes/identity/signed-requests'
import { readRevocations } from '@fieldnotes/table/revocations'
import { createTable } from '@fieldnotes/table/table'
import type { Config } from './config/config.ts'

/** Milliseconds after which a read is aborted. The list gives up at the same time. */
const readMs = 2000

/** What the list needs of the handler. */
export interface RevocationsOptions {
  readonly log: Log
  /** Milliseconds since the epoch. */
  readonly clock: () => number
}

/**
 * Builds the check for `createIdentity`; undefined without a table Access, which only configurations that are written
 * by hand lack. It reads nothing before the first verified token. With signed requests the list reaches as far back as
 * their credentials can, which is longer than any token of the user pool.
 */
export function createIsRevoked(
  { access, issuers, iam }: Pick<Config, 'access' | 'issuers' | 'iam'>,
  { log, clock }: RevocationsOptions,
): IsRevoked | undefined {
  if (!access) return undefined
  const table = createTable(access)
  return createRevocationList({
    read: (sinceSeconds) => readRevocations(table.until({ at: clock() + readMs, clock }), sinceSeconds),
    windowSeconds: Math.max(revocationWindowSeconds(issuers), iam ? signedWindowSeconds : 0),
    clock,
    log,
  })
}
