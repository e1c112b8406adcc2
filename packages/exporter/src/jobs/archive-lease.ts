/** Lets one request at a time write the archive of an export. */
import { exportLeaseKey } from '@fieldnotes/table/access-keys'
import { isWritten } from '@fieldnotes/table/failures'
import type { Table } from '@fieldnotes/table/table'
import type { Job } from './job-store.ts'

/** Another request writes the archive: this one leaves the export as it is. */
export class ArchiveBusy extends Error {
  override readonly name = 'ArchiveBusy'
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
export async function takeArchiveLease(table: () => Table, clock: () => number, job: Job): Promise<ArchiveLease> {
  const key = exportLeaseKey(job.personId, job.id)
  let held = await heldUntil(table, job)
  if (held !== undefined && held > clock()) throw new ArchiveBusy('another request writes the archive')
  const put = async () => {
    const heldTo = clock() + leaseMs
    const unchanged = held === undefined ? (['absent', 'pk'] as const) : (['=', 'heldTo', held] as const)
    const item = { ...key, heldTo, expiresAt: job.expiresAt }
    if (!(await isWritten(() => table().write({ put: item, when: [[unchanged]] }))))
      throw new ArchiveBusy('another request writes the archive')
    held = heldTo
  }
  await put()
  return { renew: async () => void ((held ?? 0) - clock() < leaseMs - renewMs && (await put())) }
}

async function heldUntil(table: () => Table, { personId, id }: Job): Promise<number | undefined> {
  const stored = await table().get(exportLeaseKey(personId, id))
  return stored && Number(stored.heldTo)
}
