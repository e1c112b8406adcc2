/** Reads the parameters of `GET /graphql` strictly (GraphQL over HTTP §6.2). No message and no log line quotes them. */
import { AppError } from '@fieldnotes/core/error'

/** Bytes of a query string. API Gateway's limit for the request line with its headers is 10,240. */
export const queryStringBytesMax = 10_240

export interface GetParameters {
  /** The same request as the body of a POST. */
  readonly body: Readonly<Record<(typeof names)[number], unknown>>
  /** The parameters as they were sent. */
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

/** `URLSearchParams` accepts invalid escapes, and replaces invalid UTF-8 by U+FFFD. */
function assertEncoded(raw: string): void {
  try {
    decodeURIComponent(raw)
  } catch {
    throw refused('The query string is not UTF-8 in percent-encoding.')
  }
}

/** The value of a parameter; undefined when it is empty (GraphQL over HTTP §6.2). */
function textOf(search: URLSearchParams, name: string): string | undefined {
  const [value, ...more] = search.getAll(name)
  if (more.length > 0) throw refused(`The parameter ${name} came more than once.`)
  return value || undefined
}

/** The JSON object of a parameter. `null` counts as absent, as in the body of a POST (GraphQL over HTTP §5.1). */
function objectOf(search: URLSearchParams, name: string): object | undefined {
  const text = search.has(name) ? (textOf(search, name) ?? '') : undefined
  if (text === undefined) return undefined
  const value = parseJson(text)
  if (typeof value !== 'object' || Array.isArray(value)) throw refused(`The parameter ${name} is not a JSON object.`)
  if (value) return value
  search.delete(name)
  return undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Whether the request has a persisted document. `document-check.ts` checks the hash. */
function namesDocument(extensions: object | undefined): boolean {
  return extensions !== undefined && 'persistedQuery' in extensions && Boolean(extensions.persistedQuery)
}

/**
 * Parameters that GraphQL over HTTP does not define are ignored.
 * @throws LIMIT_EXCEEDED (414) for a query string that is too long, BAD_USER_INPUT for one that is malformed or has no
 * document
 */
export function parseQueryString(raw: string): GetParameters {
  if (Buffer.byteLength(raw) > queryStringBytesMax) throw tooLong
  assertEncoded(raw)
  const search = new URLSearchParams(raw)
  const [query, operationName] = [textOf(search, 'query'), textOf(search, 'operationName')]
  const [variables, extensions] = [objectOf(search, 'variables'), objectOf(search, 'extensions')]
  if (!query && !namesDocument(extensions)) throw refused('Send a query, or the hash of a persisted one.')
  if (!operationName) search.delete('operationName')
  return { body: { query, operationName, variables, extensions }, search }
}
