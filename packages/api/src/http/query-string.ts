/** The parameters of `GET /graphql` (GraphQL over HTTP §6.2), strictly. What they hold is quoted in no message and no log line. */
import { AppError } from '@fieldnotes/core/error'

/** Bytes of a query string. API Gateway takes 10,240 of a whole request line with its headers. */
export const queryStringBytesMax = 10_240

export interface Query {
  /** What the body of a POST would be. */
  readonly body: Readonly<Record<(typeof names)[number], unknown>>
  /** The parameters as they came. */
  readonly search: URLSearchParams
}

const names = ['query', 'operationName', 'variables', 'extensions'] as const

function refused(message: string): AppError {
  return new AppError('BAD_USER_INPUT', 'query string', { message })
}

const tooLong = new AppError('LIMIT_EXCEEDED', 'query string too long', {
  message: `The query string is longer than ${queryStringBytesMax} bytes. Use POST.`,
  extensions: { status: 414 },
})

/** `URLSearchParams` would keep an escape that is none, and put U+FFFD in the place of bytes that are no UTF-8. */
function assertEncoded(raw: string): void {
  try {
    decodeURIComponent(raw)
  } catch {
    throw refused('The query string is not UTF-8 in percent-encoding.')
  }
}

/** An empty operation name is none, as the specification says; an empty query is no query. */
function textOf(search: URLSearchParams, name: string): string | undefined {
  const [value, ...more] = search.getAll(name)
  if (more.length > 0) throw refused(`The parameter ${name} came more than once.`)
  return value || undefined
}

function objectOf(search: URLSearchParams, name: string): object | undefined {
  const text = search.has(name) ? (textOf(search, name) ?? '') : undefined
  if (text === undefined) return undefined
  const value = parseJson(text)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw refused(`The parameter ${name} is not a JSON object.`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Whether the client names a persisted document instead of sending one. `documents.ts` judges what it says there. */
function namesDocument(extensions: object | undefined): boolean {
  return extensions !== undefined && 'persistedQuery' in extensions && Boolean(extensions.persistedQuery)
}

/**
 * Parameters that GraphQL over HTTP does not know are left alone.
 * @throws LIMIT_EXCEEDED (414) for a query string that is too long, BAD_USER_INPUT for one that asks for nothing or is not well formed
 */
export function parseQueryString(raw: string): Query {
  if (Buffer.byteLength(raw) > queryStringBytesMax) throw tooLong
  assertEncoded(raw)
  const search = new URLSearchParams(raw)
  const [query, operationName] = [textOf(search, 'query'), textOf(search, 'operationName')]
  const [variables, extensions] = [objectOf(search, 'variables'), objectOf(search, 'extensions')]
  if (!query && !namesDocument(extensions)) throw refused('Send a query, or the hash of a persisted one.')
  if (!operationName) search.delete('operationName')
  return { body: { query, operationName, variables, extensions }, search }
}
