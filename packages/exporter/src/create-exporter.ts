/**
 * The exporter: a plain REST service. Its only authentication is `identity`: it believes tokens that are meant for it
 * alone. It has no right to notes and no rules: it exchanges its token, and reads through the endpoint.
 */
import { AppError } from '@fieldnotes/core/error'
import type { User } from '@fieldnotes/core/principal'
import type { Identity } from '@fieldnotes/identity/identity'
import { createTable } from '@fieldnotes/table/table'
import { assertExporterConfig, type ExporterConfig } from './exporter-config.ts'
import { createExporterIdentity, type JudgeOptions, readScope } from './exporter-identity.ts'
import { exporterPaths } from './exporter-routes.ts'
import { emptyAnswer, errorAnswer, jsonAnswer } from './http/exporter-answers.ts'
import {
  assertNoBody,
  type Event,
  type ExporterRequest,
  isExportId,
  type Result,
  requestOf,
} from './http/exporter-request.ts'
import { createJobStore, type FoundJob, type Job } from './jobs/job-store.ts'
import { createTakePeriod, type TakePeriod } from './jobs/work-periods.ts'
import type { ArchiveStore } from './store/archive-store.ts'
import { createWorker, type Worker } from './worker.ts'

/** What differs between Lambda, a laptop and tests. */
export interface ExporterOptions extends JudgeOptions {
  readonly store: ArchiveStore
  /**
   * `inside`: the POST works for at most 5 seconds, and then answers; what is left is pending. `after`: it answers at
   * once, and works on until the token ends. Lambda stops a process after its answer: say `inside` there.
   */
  readonly work: 'inside' | 'after'
  /** Resolves after this many milliseconds: the wait of a refusal that passes. Default: a timer. */
  readonly wait?: (millis: number) => Promise<void>
}

/** The function. */
export type Exporter = (event: Event) => Promise<Result>

/** Milliseconds after which a call to the table is aborted. */
const tableMs = 2000

/** Seconds for which the URL of a download can be used. */
const linkSeconds = 60

/** What the answers need. */
interface Doors {
  readonly identity: Identity
  readonly jobs: ReturnType<typeof createJobStore>
  readonly takePeriod: TakePeriod
  readonly worker: Worker
  readonly origin: string
  readonly store: ArchiveStore
}

type Answer = (doors: Doors, event: Event, id: string) => Promise<Result>

/** Route → its method and its answer. */
const routes: Readonly<Record<ExporterRequest['route'], { readonly method: 'GET' | 'POST'; readonly answer: Answer }>> =
  {
    exports: { method: 'POST', answer: startExport },
    export: { method: 'GET', answer: showExport },
    archive: { method: 'GET', answer: sendArchive },
    metadata: { method: 'GET', answer: async ({ identity }) => jsonAnswer(200, identity.metadata) },
  }

/**
 * Creates the exporter, once for the life of a process.
 * @throws Error when a setting is missing or weakens a check
 */
export function createExporter(config: ExporterConfig, options: ExporterOptions): Exporter {
  assertExporterConfig(config)
  const { store, log, clock = Date.now } = options
  const opened = createTable(config.access)
  const table = () => opened.until({ at: clock() + tableMs, clock })
  const jobs = createJobStore(table, clock)
  const identity = createExporterIdentity(config, { ...options, table })
  const worker = createWorker(config, { ...options, jobs, clock })
  const takePeriod = createTakePeriod(table, clock)
  const doors: Doors = { identity, jobs, takePeriod, worker, origin: config.origin, store }
  return async (event) => {
    const { requestId } = event.requestContext
    const result = await answered(doors, event).catch((thrown: unknown) => {
      const error = thrown instanceof AppError ? thrown : new AppError('INTERNAL', 'unexpected', { cause: thrown })
      const { code, reason } = error
      const cause = error.cause instanceof Error ? error.cause.stack : undefined
      log(code === 'INTERNAL' ? 'error' : 'info', 'exporter.refused', { requestId, code, reason, cause })
      return errorAnswer(error, identity)
    })
    return { ...result, headers: { ...result.headers, 'x-request-id': requestId } }
  }
}

async function answered(doors: Doors, event: Event): Promise<Result> {
  const { route, id } = requestOf(event)
  const { method, answer } = routes[route]
  const found = event.requestContext.http.method
  // The gateway adds its own headers to the answer of a preflight.
  if (found === 'OPTIONS') return emptyAnswer(204)
  if (found !== method) return emptyAnswer(405, { allow: method })
  return answer(doors, event, id)
}

/** The person of a request. @throws UNAUTHENTICATED; FORBIDDEN without the scope to read, and for a machine */
async function personOf({ requireCaller }: Identity, event: Event): Promise<User> {
  const caller = await requireCaller(event.headers)
  if (caller.kind !== 'user') throw new AppError('FORBIDDEN', 'no person', { remedy: undefined })
  if (caller.scopes.has(readScope)) return caller
  throw new AppError('FORBIDDEN', 'scope', { remedy: { kind: 'SCOPES', scopes: [[readScope]] } })
}

async function startExport(doors: Doors, event: Event): Promise<Result> {
  const { identity, jobs, origin } = doors
  const person = await personOf(identity, event)
  assertNoBody(event)
  const job = await jobs.start(person.id)
  const wait = await workOn(doors, job, person, event)
  const found = await jobs.find(person.id, job.id)
  const headers = { location: locationOf(origin, job), ...(wait > 0 && { 'retry-after': String(wait) }) }
  return jsonAnswer(202, stateOf(origin, found ?? { job, end: undefined }), headers)
}

/**
 * Works, and returns 0. A request beyond the person's periods of work exchanges and reads nothing: it returns the
 * seconds until another one may.
 */
async function workOn({ worker, takePeriod }: Doors, job: Job, person: User, event: Event): Promise<number> {
  if (worker.isAt(job)) return 0
  const wait = await takePeriod(person.id)
  if (wait === 0) await worker.work(job, person, event)
  return wait
}

async function showExport({ identity, jobs, origin }: Doors, event: Event, id: string): Promise<Result> {
  return jsonAnswer(200, stateOf(origin, await exportOf(identity, jobs, event, id)))
}

/** The store gives the archive by a URL that ends after 60 seconds. */
async function sendArchive({ identity, jobs, store }: Doors, event: Event, id: string): Promise<Result> {
  const { end } = await exportOf(identity, jobs, event, id)
  if (end?.status !== 'done') throw notFound()
  const location = await store.link(end.archive, { seconds: linkSeconds, fileName: 'fieldnotes-export.zip' })
  return emptyAnswer(303, { location })
}

/** An export of the caller. @throws NOT_FOUND for every other id, alike */
async function exportOf(identity: Identity, jobs: Doors['jobs'], event: Event, id: string): Promise<FoundJob> {
  const person = await personOf(identity, event)
  const found = isExportId(id) ? await jobs.find(person.id, id) : undefined
  if (!found) throw notFound()
  return found
}

function notFound(): AppError {
  return new AppError('NOT_FOUND', 'no such export of the caller')
}

function locationOf(origin: string, { id }: Job): string {
  return origin + exporterPaths.export + id
}

function stateOf(origin: string, { job, end }: FoundJob) {
  return {
    id: job.id,
    location: locationOf(origin, job),
    status: end?.status ?? 'pending',
    ...(end?.status === 'done' && { archive: origin + exporterPaths.archive + job.id }),
    expiresAt: new Date(job.expiresAt * 1000).toISOString(),
  }
}
