/** What the log says of an error: where it began. */
import { AppError } from '@fieldnotes/core/error'

/** Reason and first cause of an error, for the log alone. */
export interface RootCause {
  readonly reason: string | undefined
  /** The stack of the error that caused all others. */
  readonly cause: string
}

/** Follows the causes of an error. The reason is that of the first `AppError` on the way. */
export function rootCause(error: unknown): RootCause {
  const own = error instanceof AppError ? error.reason : undefined
  if (!(error instanceof Error)) return { reason: own, cause: 'thrown without an Error' }
  if (!(error.cause instanceof Error)) return { reason: own, cause: String(error.stack) }
  const { reason, cause } = rootCause(error.cause)
  return { reason: own ?? reason, cause }
}
