/** What each example answers: to three callers, and to requests that are refused as a whole. */

/** One request to an example, and its response. */
export interface HostRequest {
  readonly what: string
  readonly authorization?: string
  readonly body: Readonly<Record<string, unknown>>
  readonly expected: HostResponse
}

/** The parts of a response that must be equal at all servers. `data` is undefined also for null. */
export interface HostResponse {
  readonly status: number
  readonly data: unknown
  readonly errors: readonly unknown[] | undefined
}

const signIn = 'Sign in to do this.'
const signInRemedy = { remedy: { kind: 'SIGN_IN' } }
const fields = { query: '{ book { title draft sales } }' }

function refusedFields(message: string, extensions: object): HostResponse {
  return {
    status: 200,
    data: { book: { title: 'Fields', draft: null, sales: null } },
    errors: [
      { message, path: ['book', 'draft'], extensions },
      { message: 'Not found.', path: ['book', 'sales'], extensions: { code: 'NOT_FOUND' } },
    ],
  }
}

/** No token, a stranger's, the author's. The refused fields are null, with one code each; the others are unchanged. */
export const callerRequests: readonly HostRequest[] = [
  {
    what: 'a caller without token',
    body: fields,
    expected: refusedFields(signIn, { ...signInRemedy, code: 'UNAUTHENTICATED' }),
  },
  {
    what: 'a stranger',
    authorization: 'Bearer bob',
    body: fields,
    expected: refusedFields('You may not do this.', { code: 'FORBIDDEN' }),
  },
  {
    what: 'the author',
    authorization: 'Bearer alice',
    body: fields,
    expected: accepted({ book: { title: 'Fields', draft: 'Chapter one', sales: 7 } }),
  },
]

function accepted(data: unknown): HostResponse {
  return { status: 200, data, errors: undefined }
}

function refused(status: number, message: string, extensions: object): HostResponse {
  return { status, data: undefined, errors: [{ message, path: undefined, extensions }] }
}

function tooLarge(limit: string, max: number): HostResponse {
  const message = `The operation is too large: ${limit} may be ${max} at most.`
  return refused(400, message, { limit, max, code: 'LIMIT_EXCEEDED' })
}

function aliases(count: number): string {
  return `{ ${Array.from({ length: count }, (_, index) => `b${index}: __typename`).join(' ')} }`
}

const costly = 'query costly($n: Int) { books(first: $n) { title } }'
const introspection = { query: '{ __schema { queryType { name } } }' }

/** Each limit, with a request that is just within it. */
export const wholeRequests: readonly HostRequest[] = [
  { what: '20 aliases', body: { query: aliases(20) }, expected: accepted(Object.fromEntries(names(20))) },
  { what: '21 fields at the root', body: { query: aliases(21) }, expected: tooLarge('rootFields', 20) },
  {
    what: '31 aliases',
    body: { query: `{ book { ${aliases(31).slice(1)} }` },
    expected: tooLarge('aliases', 30),
  },
  {
    what: '21 levels',
    body: { query: `${'{ book '.repeat(20)}{ title }${' }'.repeat(20)}` },
    expected: tooLarge('depth', 15),
  },
  { what: '3,003 tokens', body: { query: `{ book { ${'title '.repeat(3000)}} }` }, expected: tooLarge('tokens', 2000) },
  {
    what: 'a comment of 49,900 characters',
    body: { query: `{ __typename } #${'x'.repeat(49_900)}` },
    expected: accepted({ __typename: 'Query' }),
  },
  {
    what: 'a comment of 50,000 characters',
    body: { query: `{ __typename } #${'x'.repeat(50_000)}` },
    expected: tooLarge('characters', 50_000),
  },
  { what: '1,001 lines', body: { query: `{ __typename }${'\n'.repeat(1000)}` }, expected: tooLarge('lines', 1000) },
  {
    what: '101 brackets',
    body: { query: `{ books(first: ${'['.repeat(100)}${']'.repeat(100)}) { title } }` },
    expected: tooLarge('nesting', 100),
  },
  {
    what: 'a page of 10',
    body: { query: '{ books(first: 10) { title } }' },
    expected: accepted({ books: [{ title: 'Fields' }] }),
  },
  {
    what: 'a page of 5,000',
    body: { query: '{ books(first: 5000) { title } }' },
    expected: tooLarge('cost', 1000),
  },
  {
    what: 'a page of 10 in a variable',
    body: { query: costly, variables: { n: 10 } },
    expected: accepted({ books: [{ title: 'Fields' }] }),
  },
  {
    what: 'a page of 5,000 in a variable',
    body: { query: costly, variables: { n: 5000 } },
    expected: tooLarge('cost', 1000),
  },
  {
    what: 'a page of 5,000 in the second of two operations',
    body: { query: `query cheap { __typename } ${costly}`, operationName: 'costly', variables: { n: 5000 } },
    expected: tooLarge('cost', 1000),
  },
  {
    what: 'introspection without token',
    body: introspection,
    expected: refused(401, signIn, { ...signInRemedy, code: 'UNAUTHENTICATED' }),
  },
  {
    what: 'introspection with a token',
    authorization: 'Bearer alice',
    body: introspection,
    expected: accepted({ __schema: { queryType: { name: 'Query' } } }),
  },
]

function names(count: number): readonly (readonly [name: string, value: string])[] {
  return Array.from({ length: count }, (_, index) => [`b${index}`, 'Query'])
}

interface Received {
  readonly data?: unknown
  readonly errors?: readonly { readonly message: string; readonly path?: unknown; readonly extensions?: unknown }[]
}

/** Sends a request to the server at `origin`. Of each error it returns message, path and all extensions. */
export async function sendTo(origin: string, { authorization, body }: HostRequest): Promise<HostResponse> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
    body: JSON.stringify(body),
  })
  const { data, errors } = (await response.json()) as Received
  return {
    status: response.status,
    data: data ?? undefined,
    errors: errors?.map(({ message, path, extensions }) => ({ message, path, extensions })),
  }
}
