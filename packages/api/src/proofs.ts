/** Uses up the DPoP proofs of requests in the table Access. */
import type { Settings } from '@fieldnotes/identity/settings'
import { useProof } from '@fieldnotes/table/proofs'
import { createTable } from '@fieldnotes/table/table'
import type { Config } from './config/config.ts'

/** Milliseconds after which a write is aborted. */
const writeMs = 2000

/**
 * Says how proofs are consumed, for `createIdentity`; undefined without a table Access, and for the entry of browser
 * sessions, whose cookies become bearer tokens. Then no token that is bound to a key is accepted.
 * @param clock milliseconds since the epoch
 */
export function createProofs({ access, via }: Pick<Config, 'access' | 'via'>, clock: () => number): Settings['proofs'] {
  if (!access || via === 'session') return undefined
  const table = createTable(access)
  return { consume: (proof) => useProof(table.until({ at: clock() + writeMs, clock }), proof, clock()) }
}
