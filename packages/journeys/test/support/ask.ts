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
  return answerOf(response.status, response.headers, await response.text())
}

/** An answer as tests look at it, wherever it came from. */
export const answerOf = (status: number, headers: Headers, text: string): Answer => {
  const { data, errors = [] } = parse(text)
  const codes = (errors as FieldError[]).map(({ path = [], extensions }) => [path.join('.'), extensions.code])
  return { status, headers, text, data, codes: Object.fromEntries(codes) }
}

const parse = (text: string) => {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

/** The one way in which a question is put; without a token as nobody. */
export const requestOf = ({ query, variables, token }: Question) => ({
  method: 'POST',
  headers: { accept: '*/*', 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
  body: JSON.stringify({ query, variables }),
})

/** Asks as anyone: `ask(url, { token, query })`. */
export const ask = (url: string, question: Question): Promise<Answer> => send(url, requestOf(question))
