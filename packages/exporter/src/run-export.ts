/**
 * Works on an export while its caller's token lives: one page, one part, and so on; at the end the archive. A process
 * that ends between two steps, or a second one that works on the same export, changes nothing: each part is added once.
 */
import { setTimeout as timer } from 'node:timers/promises'
import type { GraphqlClient } from '@fieldnotes/client/graphql-client'
import type { Log } from '@fieldnotes/core/log'
import { objectKey, type PartsParts, type Progress, readProgress, storePart } from './archive/stored-parts.ts'
import { writeArchive } from './archive/write-archive.ts'
import { ArchiveBusy } from './jobs/archive-lease.ts'
import type { Job } from './jobs/job-store.ts'
import type { Page } from './notes/export-page.ts'
import { CannotRead, CannotReadOn } from './notes/read-answer.ts'
import { readNotes, readProfile } from './notes/read-pages.ts'

/** What an export is worked on with. */
export interface ExportParts extends PartsParts {
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  readonly log: Log
  /** Resolves after this many milliseconds. Default: a timer. */
  readonly wait?: (millis: number) => Promise<void>
}

/** One period of work. */
export interface Work {
  readonly job: Job
  /** Reads with the caller's token. */
  readonly client: GraphqlClient
  /** No page is begun from this instant on, in milliseconds since the epoch. */
  readonly until: number
}

/** Works on the export. It never throws: what stays is pending, and the next request goes on. */
export async function runExport(parts: ExportParts, work: Work): Promise<void> {
  try {
    const progress = await readRest(parts, work)
    if (progress) await finish(parts, work.job, progress)
  } catch (error) {
    await stopped(parts, work.job, error)
  }
}

/** Ends an export that can't be read, and logs why the work has stopped. */
async function stopped({ jobs, log }: ExportParts, job: Job, error: unknown): Promise<void> {
  const { id: exportId } = job
  if (error instanceof CannotRead) {
    await jobs.end(job, { status: 'failed' }).catch(() => false)
    log('error', 'export.failed', { exportId, reason: error.message })
  } else if (error instanceof CannotReadOn || error instanceof ArchiveBusy)
    log('info', 'export.pending', { exportId, reason: error.message })
  // It has ended: by another process, which has removed the parts, or by this one, whose write got no answer.
  else if (await hasEnded(jobs, job)) log('info', 'export.ended', { exportId })
  else log('error', 'export.interrupted', { exportId, cause: error instanceof Error ? error.stack : String(error) })
}

async function hasEnded(jobs: ExportParts['jobs'], { personId, id }: Job): Promise<boolean> {
  const found = await jobs.find(personId, id).catch(() => undefined)
  return found?.end !== undefined
}

/** Reads the pages that are not stored yet. Undefined where this process does not go on. */
async function readRest(parts: ExportParts, work: Work): Promise<Progress | undefined> {
  const { job, client, until } = work
  let progress: Progress | undefined = await readProgress(parts, job)
  while (progress && (progress.last?.hasMore ?? true)) {
    if (parts.clock() >= until) throw new CannotReadOn('the time of the request is over')
    const { last } = progress
    const page = await readPage(parts, work, () => (last ? readNotes(client, last.cursor) : readProfile(client)))
    progress = await storePart(parts, job, progress, page)
  }
  return progress
}

/** Reads a page: after a refusal that passes with time once more, as long as the work lasts. */
async function readPage(parts: ExportParts, work: Work, read: () => Promise<Page>): Promise<Page> {
  try {
    return await read()
  } catch (error) {
    await waitAfter(error, parts, work)
  }
  return readPage(parts, work, read)
}

/** @throws the error, where no wait helps or the work ends before */
async function waitAfter(error: unknown, { clock, wait = timer }: ExportParts, { until }: Work): Promise<void> {
  const seconds = error instanceof CannotReadOn ? error.retrySeconds : undefined
  if (seconds === undefined) throw error
  const millis = Math.max(1, seconds) * 1000
  if (clock() + millis >= until) throw error
  await wait(millis)
}

/** Parts are removed once the archive is stored. Those that stay after a failure expire with the bucket's rule. */
async function finish({ jobs, store, clock, log }: ExportParts, job: Job, { keys }: Progress): Promise<void> {
  const { renew } = await jobs.takeLease(job)
  const archive = objectKey(job, 'archive')
  await writeArchive({ store, job, keys, now: clock(), renew }, archive)
  // Of two archives at once the second one is not the export's.
  if (!(await jobs.end(job, { status: 'done', archive }))) return store.remove([archive])
  log('info', 'export.done', { exportId: job.id, parts: keys.length })
  await store.remove(keys)
}
