/** Responses with the headers that all of them have: personal, never stored, never sniffed. */
import type { AppError } from '@fieldnotes/core/error'
import type { Identity } from '@fieldnotes/identity/identity'
import type { Result } from './exporter-request.ts'

type Headers = Readonly<Record<string, string>>

const common: Headers = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

/** A JSON body. */
export function jsonAnswer(statusCode: number, body: unknown, headers: Headers = {}): Result {
  return {
    statusCode,
    headers: { 'content-type': 'application/json', ...headers, ...common },
    body: JSON.stringify(body),
  }
}

/** An answer without a body. */
export function emptyAnswer(statusCode: number, headers: Headers = {}): Result {
  return { statusCode, headers: { ...headers, ...common } }
}

/** The answer to an error: code, message and remedy, as every service of `identity` gives it. */
export function errorAnswer(error: AppError, { errorResponse }: Pick<Identity, 'errorResponse'>): Result {
  const { status, headers, body } = errorResponse(error)
  const retry = error.remedy?.kind === 'RETRY' ? { 'retry-after': String(error.remedy.after ?? 1) } : {}
  return jsonAnswer(status, body, { ...headers, ...retry })
}
