/** Requests of the smoke check, and the answers as it reads them. */
import { operations } from '@fieldnotes/api/operations'

/** Milliseconds that one request may take: a cold start, with the keys of all issuers. */
const patienceMs = 20_000

/** A request. */
export interface RequestOptions {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly token?: string | undefined
}

/** A response. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: JSON of the server, which the checks compare
  readonly body: any
}

/** Sends requests to the origin of `endpoint`, with `apiKey` beside each token. A body that is no JSON is undefined. */
export function createSend(endpoint: string, apiKey?: string) {
  return async (path: string, { method = 'GET', headers = {}, body, token }: RequestOptions = {}): Promise<Answer> => {
    const response = await fetch(new URL(path, endpoint), {
      method,
      headers: {
        ...headers,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(token !== undefined && apiKey && { 'x-api-key': apiKey }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
    })
    return { status: response.status, headers: response.headers, body: jsonOf(await response.text()) }
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * The body that executes a listed operation by its id, as every stage does, also one that executes no other.
 * @throws Error for a name that is not listed
 */
export function operation(name: string, variables: object = {}): object {
  const named = new RegExp(`^(query|mutation) ${name}\\b`)
  const [sha256Hash] = Object.entries(operations).find(([, text]) => named.test(text)) ?? []
  if (sha256Hash === undefined) throw new Error(`no listed operation ${name}`)
  return { variables, extensions: { persistedQuery: { version: 1, sha256Hash } } }
}

/** Codes of the errors of a GraphQL response, by path. */
export function codesOf({ body }: Answer): Readonly<Record<string, string>> {
  const errors: readonly Coded[] = body?.errors ?? []
  return Object.fromEntries(errors.map(({ path = [], extensions }) => [path.join('.'), extensions?.code ?? 'none']))
}

interface Coded {
  readonly path?: readonly unknown[]
  readonly extensions?: { readonly code?: string }
}

/** Status and codes, as printed. */
export function summaryOf(answer: Answer): string {
  const codes = Object.entries(codesOf(answer)).map(([path, code]) => (path === '' ? code : `${path}: ${code}`))
  return [answer.status, ...codes].join(', ')
}
