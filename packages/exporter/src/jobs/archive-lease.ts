/** Lets one request at a time write the archive of an export. */
import { exportLeaseKey } from '@fieldnotes/table/access-keys'
import { isWritten } from '@fieldnotes/table/failures'
import type { Table } from '@fieldnotes/table/table'
import type { Job } from './job-store.ts'

/** Another request writes the archive: this one leaves the export as it is. */
export class ArchiveBusy extends Error {
  override readonly name = 'ArchiveBusy'

  constructor() {
    super('another request writes the archive')
  }
}

/** A lease. */
export interface ArchiveLease {
  /** Holds it for 30 seconds from now on. @throws ArchiveBusy where another request has it meanwhile */
  readonly renew: () => Promise<void>
}

/** Milliseconds after its last renewal at which another request may write: a killed process renews nothing. */
const leaseMs = 30_000

/** Milliseconds after the last renewal before which another one writes nothing. */
const renewMs = 5000

/**
 * Takes the lease of an export. `clock` returns milliseconds since the epoch.
 * @throws ArchiveBusy while another request has it
 */
export async function takeArchiveLease(
  table: () => Table,
  clock: () => number,
  { personId, id, expiresAt }: Job,
): Promise<ArchiveLease> {
  const key = exportLeaseKey(personId, id)
  const stored = await table().get(key)
  let held = stored && Number(stored.heldTo)
  if (held !== undefined && held > clock()) throw new ArchiveBusy()
  const renew = async () => {
    if (held !== undefined && held - clock() >= leaseMs - renewMs) return
    const heldTo = clock() + leaseMs
    const unchanged = held === undefined ? (['absent', 'pk'] as const) : (['=', 'heldTo', held] as const)
    const put = { ...key, heldTo, expiresAt }
    if (!(await isWritten(() => table().write({ put, when: [[unchanged]] })))) throw new ArchiveBusy()
    held = heldTo
  }
  await renew()
  return { renew }
}
