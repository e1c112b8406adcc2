/** The one place of both functions that selects a row by its path, and turns errors into responses. */
import { AppError } from '@fieldnotes/core/error'
import type { Log } from '@fieldnotes/core/log'
import { errorAnswer } from './http/answers.ts'
import { type Event, type Handler, pathOf, type Result } from './http/event.ts'

type Method = 'GET' | 'POST'

/** What answers one path. */
export interface Row {
  readonly method: Method
  readonly answer: Handler
  /** The response to an error, where it is not JSON. */
  readonly failed?: (error: AppError) => Result
}

interface AnsweringOptions {
  readonly log: Log
  /** The value of `WWW-Authenticate` (RFC 6750 §3) for an error. */
  readonly challenge: (error: AppError) => string | undefined
}

const noRoute = new AppError('NOT_FOUND', 'no such route')

/** Returns the handler of these rows, by path. Every response has the request's id. */
export function answering(rows: Readonly<Record<string, Row>>, options: AnsweringOptions): Handler {
  return async (event, invocation) => {
    const path = pathOf(event)
    const row = Object.hasOwn(rows, path) ? rows[path] : undefined
    const { requestId } = event.requestContext
    const result = await attempt(row, event, () => row?.answer(event, invocation) ?? notFound(), options)
    return { ...result, headers: { ...result.headers, 'x-request-id': requestId } }
  }
}

function notFound(): never {
  throw noRoute
}

async function attempt(row: Row | undefined, event: Event, act: () => Promise<Result>, options: AnsweringOptions) {
  const { method } = event.requestContext.http
  try {
    if (row && row.method !== method) return wrongMethod(row.method)
    return await act()
  } catch (thrown) {
    const error = logged(thrown, event, options.log)
    return refused(row, error, options)
  }
}

function wrongMethod(method: Method): Result {
  const error = new AppError('BAD_USER_INPUT', 'method', { message: `Use ${method}.`, extensions: { status: 405 } })
  return errorAnswer(error, { headers: { allow: method } })
}

/** Every 401 has a challenge (RFC 9110 §15.5.2), the page too. */
function refused(row: Row | undefined, error: AppError, { challenge }: AnsweringOptions): Result {
  const value = error.code === 'UNAUTHENTICATED' ? challenge(steppedUp(error)) : undefined
  const result = row?.failed?.(error) ?? errorAnswer(error)
  return { ...result, headers: { ...result.headers, ...(value && { 'www-authenticate': value }) } }
}

/** A sign-in that is too old is challenged as `insufficient_user_authentication` (RFC 9470 §3). */
function steppedUp(error: AppError): AppError {
  const { reason, remedy } = error
  return remedy?.kind === 'STEP_UP' ? new AppError('FORBIDDEN', reason, { remedy }) : error
}

/** The stack of our own errors names places alone. Causes of the provider were dropped before. */
function logged(thrown: unknown, { requestContext: { requestId } }: Event, log: Log): AppError {
  const error = thrown instanceof AppError ? thrown : new AppError('INTERNAL', 'unexpected', { cause: thrown })
  const cause = error.cause instanceof Error ? error.cause.stack : undefined
  const { code, reason } = error
  log(code === 'INTERNAL' ? 'error' : 'info', 'refused', { requestId, code, reason, cause })
  return error
}
