/** The extension by which a client names a document instead of sending it (Apollo's automatic persisted queries). */
import { AppError } from '@fieldnotes/core/error'

function persistedQueryOf(extensions: unknown): unknown {
  return typeof extensions === 'object' && extensions !== null && 'persistedQuery' in extensions
    ? extensions.persistedQuery
    : undefined
}

/** Whether the client names a document. */
export function namesDocument(extensions: unknown): boolean {
  return Boolean(persistedQueryOf(extensions))
}

function isHash(value: unknown): boolean {
  return typeof value === 'string' && value.length <= 64
}

function hasHash(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'sha256Hash' in value && isHash(value.sha256Hash)
}

/**
 * Apollo takes whatever it finds for the hash, makes text of it, and looks that up.
 * @throws BAD_USER_INPUT when what names the document is no SHA-256 in hexadecimal, nor shorter text
 */
export function assertHash(extensions: unknown): void {
  if (!namesDocument(extensions) || hasHash(persistedQueryOf(extensions))) return
  throw new AppError('BAD_USER_INPUT', 'persisted query', {
    message: 'extensions.persistedQuery.sha256Hash is no SHA-256 in hexadecimal.',
  })
}
