/** Calls the endpoint with typed operations (GraphQL over HTTP), and returns data and errors beside each other. */

import { parseRemedy, type Remedy } from './error-remedy.ts'
import { NoAnswer } from './no-answer.ts'
import { parseObject, type SendOptions, type Sent, send } from './send.ts'

/** An operation: its text, and the types of its variables and its data, which exist for the compiler alone. */
export interface Operation<Data, Variables extends object> {
  readonly text: string
  readonly types?: (variables: Variables) => Data
}

/** An error of the endpoint. Its `path` names the field that is null because of it; a refused request has none. */
export interface FieldError {
  /** A code of the API; `INTERNAL` for an error without one. */
  readonly code: string
  readonly path: readonly (string | number)[]
  /** What helps, where something does. */
  readonly remedy: Remedy | undefined
}

/** An answer of the endpoint. `data` is undefined for a request that was refused as a whole. */
export interface Answer<Data> extends Pick<Sent, 'status' | 'requestId' | 'retrySeconds'> {
  readonly data: Data | undefined
  readonly errors: readonly FieldError[]
}

/** Where the endpoint is, and the bounds of each call. */
export interface ClientOptions extends SendOptions {
  /** Absolute URL of the endpoint. */
  readonly url: string
  /** Returns the access token of the next call. */
  readonly token: () => string | Promise<string>
}

/** Executes operations. */
export interface GraphqlClient {
  /** @throws NoAnswer as `send`, and for an answer that is not of GraphQL */
  readonly execute: <Data, Variables extends object>(
    operation: Operation<Data, Variables>,
    variables: Variables,
  ) => Promise<Answer<Data>>
}

/** Creates a client. It sends nothing before the first operation. */
export function createGraphqlClient({ url, token, ...bounds }: ClientOptions): GraphqlClient {
  return {
    execute: async <Data, Variables extends object>({ text }: Operation<Data, Variables>, variables: Variables) => {
      const headers = {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json;q=0.9',
        authorization: `Bearer ${await token()}`,
      }
      const init = { method: 'POST', headers, body: JSON.stringify({ query: text, variables }) }
      return answerOf<Data>(await send(url, init, bounds))
    },
  }
}

function answerOf<Data>(sent: Sent): Answer<Data> {
  const { status, requestId, retrySeconds } = sent
  const { data, errors = [] } = parseObject(sent)
  const isData = typeof data === 'object' && !Array.isArray(data)
  if (!Array.isArray(errors) || (!isData && data !== undefined))
    throw new NoAnswer('the answer is not of GraphQL', { requestId })
  const found = (data ?? undefined) as Data | undefined
  return { status, requestId, retrySeconds, data: found, errors: errors.map(errorOf) }
}

function errorOf(given: unknown): FieldError {
  const { extensions, path } = (given ?? {}) as { extensions?: Extensions | null; path?: unknown }
  const code = extensions?.code
  return {
    code: typeof code === 'string' ? code : 'INTERNAL',
    path: Array.isArray(path) ? path.filter((part) => typeof part === 'string' || typeof part === 'number') : [],
    remedy: parseRemedy(extensions?.remedy),
  }
}

interface Extensions {
  readonly code?: unknown
  readonly remedy?: unknown
}
