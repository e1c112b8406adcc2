/** A GraphQL client of a few lines, so that tests see the answer as it is. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  /** The body, byte for byte. */
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever was asked for
  readonly data: any
  /** `extensions.code` of each error, by its path. */
  readonly codes: Readonly<Record<string, string>>
}

export interface Question {
  readonly query: string
  readonly variables?: object
  readonly token?: string | undefined
}

interface FieldError {
  readonly path?: readonly (string | number)[]
  readonly extensions: { readonly code: string }
}

/** Sends any request to `/graphql`, and reads the answer whatever it is. */
export const send = async (url: string, request: RequestInit): Promise<Answer> => {
  const response = await fetch(`${url}/graphql`, request)
  const text = await response.text()
  const { data, errors = [] } = parse(text)
  const codes = (errors as FieldError[]).map(({ path = [], extensions }) => [path.join('.'), extensions.code])
  return { status: response.status, headers: response.headers, text, data, codes: Object.fromEntries(codes) }
}

const parse = (text: string) => {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

/** Asks as anyone: `ask(url, { token, query })`; without a token as nobody. */
export const ask = (url: string, { query, variables, token }: Question): Promise<Answer> =>
  send(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  })
