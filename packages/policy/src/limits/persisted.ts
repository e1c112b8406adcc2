/** Persisted operations: where a stage enforces them, only documents on a list that our clients' build wrote are executed. */
import { createHash } from 'node:crypto'
import { AppError } from '@fieldnotes/core/error'

/** SHA-256 of a document's exact text, in hexadecimal → the text. */
export type OperationList = Readonly<Record<string, string>>

/** The name of a document on the list, as clients send it in `extensions.persistedQuery.sha256Hash`. */
export function operationId(source: string): string {
  return createHash('sha256').update(source).digest('hex')
}

/** The list of the given documents, in a stable order: it is committed and its changes are read. */
export function listOperations(sources: readonly string[]): OperationList {
  return Object.fromEntries(
    sources.map((source) => [operationId(source), source] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

/** What a client sent: the text, the id, or both. */
export interface Requested {
  readonly source?: string | undefined
  readonly id?: string | undefined
}

function unlisted(reason: string): AppError {
  return new AppError('FORBIDDEN', reason, { message: 'Only persisted operations are executed here.' })
}

/**
 * The text to execute.
 * @throws FORBIDDEN for what is not on the list, and for a text that is not what its id names
 */
export function operationIn(list: OperationList, { source, id }: Requested): string {
  const asked = id ?? (source === undefined ? undefined : operationId(source))
  const listed = asked !== undefined && Object.hasOwn(list, asked) ? list[asked] : undefined
  if (listed === undefined) throw unlisted('operation is not on the list')
  if (source !== undefined && source !== listed) throw unlisted('operation is not what its id names')
  return listed
}
