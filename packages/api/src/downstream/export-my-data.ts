/** Exports the caller's data: the exporter does, with a token for itself that can read notes and nothing else. */
import type { ExportMyDataInput, ExportMyDataPayload, ExportStatus } from '../generated/types.ts'
import { globalId, parseIdOf } from '../notes/ids.ts'
import type { CallDownstream, ExchangeFor } from './exchange-for.ts'
import { type ExportState, linkOfArchive, readExport, startExport } from './exporter-api.ts'

const statuses: Readonly<Record<ExportState['status'], ExportStatus>> = {
  pending: 'PENDING',
  done: 'DONE',
  failed: 'FAILED',
}

/**
 * Starts an export, goes on with the pending one, or returns the state of one that has ended.
 * @throws as `ExchangeFor`; BAD_USER_INPUT, NOT_FOUND for `exportId`; LIMIT_EXCEEDED after too many exports
 */
export async function exportMyData(
  exchangeFor: ExchangeFor,
  { exportId }: ExportMyDataInput,
): Promise<ExportMyDataPayload> {
  const key = exportId == null ? undefined : parseIdOf('Export', exportId, 'input.exportId')
  const call = await exchangeFor('exporter', ['notes:read'])
  const { id, status, location, expiresAt } = key === undefined ? await startExport(call) : await stateOf(call, key)
  const archive = status === 'done' ? await linkOfArchive(call, id) : null
  return { exportId: globalId('Export', id), status: statuses[status], location, archive, expiresAt }
}

/** A pending export goes on: of one person one is pending at most. One that ends meanwhile is read once more. */
async function stateOf(call: CallDownstream, key: string): Promise<ExportState> {
  const state = await readExport(call, key)
  if (state.status !== 'pending') return state
  const current = await startExport(call)
  return current.id === key ? current : readExport(call, key)
}
