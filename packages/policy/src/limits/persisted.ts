/** Persisted operations: only documents on a list are executed. The list is written when the clients are built. */
import { createHash } from 'node:crypto'
import { AppError } from '@fieldnotes/core/error'
import type { GraphQLError } from 'graphql'
import { requestError } from '../decide/graphql-errors.ts'

/** SHA-256 of a document's exact text, in hexadecimal → the text. */
export type OperationList = Readonly<Record<string, string>>

/**
 * The id of a document, as clients send it in `extensions.persistedQuery.sha256Hash`.
 * @example
 * ```ts
 * import { operationId } from '@fieldnotes/policy/persisted'
 *
 * const persistedQuery = { version: 1, sha256Hash: operationId('{ book { title } }') }
 * ```
 */
export function operationId(source: string): string {
  return createHash('sha256').update(source).digest('hex')
}

/**
 * The list of the documents, sorted by id: the file is committed, and its changes are reviewed.
 * @example
 * ```ts
 * import { writeFileSync } from 'node:fs'
 * import { listOperations } from '@fieldnotes/policy/persisted'
 *
 * writeFileSync('operations.json', JSON.stringify(listOperations(['{ book { title } }']), null, 2))
 * ```
 */
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

function unlisted(reason: string): GraphQLError {
  return requestError(new AppError('FORBIDDEN', reason, { message: 'Only persisted operations are executed here.' }))
}

/**
 * The text to execute.
 * @throws GraphQLError FORBIDDEN for an operation that is not listed, and for a text that does not have the given id
 * @example
 * ```ts
 * import { listOperations, operationId, operationIn } from '@fieldnotes/policy/persisted'
 *
 * const list = listOperations(['{ book { title } }'])
 * const source = operationIn(list, { id: operationId('{ book { title } }') })
 * ```
 */
export function operationIn(list: OperationList, { source, id }: Requested): string {
  const requested = id ?? (source === undefined ? undefined : operationId(source))
  const listed = requested !== undefined && Object.hasOwn(list, requested) ? list[requested] : undefined
  if (listed === undefined) throw unlisted('operation is not on the list')
  if (source !== undefined && source !== listed) throw unlisted('operation is not what its id names')
  return listed
}
