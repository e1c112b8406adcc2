/** A minimal GraphQL client: tests see the response unchanged. */
export interface GraphQLResponse {
  readonly status: number
  readonly headers: Headers
  /** The body, byte for byte. */
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: its shape is that of the test's query
  readonly data: any
  /** `extensions.code` of each error by its path. */
  readonly codes: Readonly<Record<string, string>>
}

/** An operation with its variables and its caller's token. */
export interface GraphQLRequest {
  readonly query: string
  readonly variables?: object
  readonly token?: string | undefined
}

interface FieldError {
  readonly path?: readonly (string | number)[]
  readonly extensions: { readonly code: string }
}

/** Sends any request to `/graphql`, and parses the response whatever its status. */
export async function send(url: string, request: RequestInit): Promise<GraphQLResponse> {
  const response = await fetch(`${url}/graphql`, request)
  return parseResponse(response.status, response.headers, await response.text())
}

/** Parses a response into the form that tests compare. */
export function parseResponse(status: number, headers: Headers, text: string): GraphQLResponse {
  const { data, errors = [] } = parse(text)
  const codes = (errors as FieldError[]).map(({ path = [], extensions }) => [path.join('.'), extensions.code])
  return { status, headers, text, data, codes: Object.fromEntries(codes) }
}

function parse(text: string) {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

/** The HTTP request of an operation; anonymous without a token. */
export function httpRequestOf({ query, variables, token }: GraphQLRequest) {
  return {
    method: 'POST',
    headers: { accept: '*/*', 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  }
}

/** Sends an operation as a caller: `ask(url, { token, query })`. */
export function ask(url: string, question: GraphQLRequest): Promise<GraphQLResponse> {
  return send(url, httpRequestOf(question))
}
