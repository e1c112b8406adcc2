/** The exporter's REST interface, as the endpoint uses it. */
import { AppError } from '@fieldnotes/core/error'
import type { CallDownstream, DownstreamAnswer } from './exchange-for.ts'

/** An export as the exporter describes it. */
export interface ExportState {
  readonly id: string
  /** Absolute URL of the export. */
  readonly location: string
  readonly status: 'pending' | 'done' | 'failed'
  /** RFC 3339. */
  readonly expiresAt: string
}

/** @throws NOT_FOUND for an id that is not of an export of the caller */
export async function readExport(call: CallDownstream, id: string): Promise<ExportState> {
  return stateOf(await call('GET', `/exports/${encodeURIComponent(id)}`), 200)
}

/** Starts an export, or goes on with the pending one. @throws LIMIT_EXCEEDED */
export async function startExport(call: CallDownstream): Promise<ExportState> {
  return stateOf(await call('POST', '/exports'), 202)
}

/** The URL of a download that works without a token. @throws UNAVAILABLE */
export async function linkOfArchive(call: CallDownstream, id: string): Promise<string> {
  const answer = await call('GET', `/archives/${encodeURIComponent(id)}`)
  return answer.status === 303 && answer.location !== null ? answer.location : refused(answer)
}

const states: readonly unknown[] = ['pending', 'done', 'failed'] satisfies readonly ExportState['status'][]

function stateOf(answer: DownstreamAnswer, expected: number): ExportState {
  const { id, status, location, expiresAt } = answer.body ?? {}
  if (answer.status !== expected) return refused(answer)
  const isComplete = typeof id === 'string' && typeof location === 'string' && typeof expiresAt === 'string'
  if (isComplete && states.includes(status)) return { id, status: status as ExportState['status'], location, expiresAt }
  throw new AppError('UNAVAILABLE', 'the exporter answered in another form')
}

function refused({ status, retrySeconds = 1 }: DownstreamAnswer): never {
  if (status === 404) throw new AppError('NOT_FOUND', 'no such export of the caller')
  if (status === 429) {
    const remedy = { kind: 'RETRY', after: retrySeconds } as const
    throw new AppError('LIMIT_EXCEEDED', 'exports of a day', { remedy })
  }
  throw new AppError('UNAVAILABLE', `the exporter answered ${status}`)
}
