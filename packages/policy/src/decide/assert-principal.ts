/** The check that a context has a principal. A missing one is a mistake of the server's code, not of its caller. */
import { AppError } from '@fieldnotes/core/error'
import type { Principal } from '@fieldnotes/core/principal'

const kinds: ReadonlySet<unknown> = new Set<Principal['kind']>(['anonymous', 'user', 'service'])

/** Whether a value is a principal: an object whose `kind` is `anonymous`, `user` or `service`. */
export function isPrincipal(value: unknown): value is Principal {
  return typeof value === 'object' && value !== null && 'kind' in value && kinds.has(value.kind)
}

const correction =
  'Let the function that makes the context of a request return `{ principal }`, which is the result of `authenticate` ' +
  'of @fieldnotes/identity, or `anonymous` of @fieldnotes/core/principal.'

let isReported = false

/** Prints the mistake once per process, for developers whose server logs no reasons. */
function report(message: string): void {
  if (isReported) return
  isReported = true
  globalThis.process?.emitWarning?.(message, { type: 'PolicyWarning', code: 'FIELDNOTES_NO_PRINCIPAL' })
}

/**
 * The error of a context without a principal. Clients get INTERNAL and its public message. The reason says what to
 * pass.
 * @param what The field or function that needs the principal, such as `Query.book`
 */
export function missingPrincipal(what: string): AppError {
  const reason = `${what}: the context has no principal. ${correction}`
  report(`@fieldnotes/policy: ${reason}`)
  return new AppError('INTERNAL', reason)
}

/** @throws AppError INTERNAL for anything but a principal */
export function assertPrincipal(principal: unknown, what: string): asserts principal is Principal {
  if (!isPrincipal(principal)) throw missingPrincipal(what)
}
