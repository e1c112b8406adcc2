/** The examples of packages/policy, and the requests of three callers to each of them. */
import type { ExampleRequest, Host } from './host-matrix.ts'

const examples = 'packages/policy/examples'
const common = { packages: ['core', 'policy'], others: [`${examples}/books.ts`] } as const

/** `graphql()` of graphql-js behind a plain Node server. The README's program is compiled beside it. */
export const graphqlJs: Host = {
  ...common,
  others: [...common.others, `${examples}/first.ts`],
  name: 'graphql-js',
  example: `${examples}/graphql-js.ts`,
  dependencies: ['graphql'],
}

/** Every example. */
export const policyHosts: readonly Host[] = [
  graphqlJs,
  { ...graphqlJs, name: 'the oldest graphql-js', dependencies: ['graphql-oldest'] },
  {
    ...common,
    name: 'Apollo Server 5',
    example: `${examples}/apollo.ts`,
    dependencies: ['graphql', '@apollo/server'],
  },
  {
    ...common,
    name: 'GraphQL Yoga 5',
    example: `${examples}/yoga.ts`,
    dependencies: ['graphql', 'graphql-yoga'],
    // Its own types use `AsyncDisposableStack`, and those of its lru-cache a `Map` of TypeScript before 5.6.
    compilerOptions: { lib: ['ES2022', 'ESNext.Disposable'], strictBuiltinIteratorReturn: false },
  },
  {
    ...common,
    name: 'Mercurius',
    example: `${examples}/mercurius.ts`,
    dependencies: ['graphql', 'fastify', 'mercurius', '@types/ws'],
  },
  {
    ...common,
    name: 'graphql-http',
    example: `${examples}/graphql-http.ts`,
    dependencies: ['graphql', 'graphql-http'],
  },
]

/**
 * Rule objects of graphql-shield as the registry serves it. Node.js 23 removed a function that graphql-shield 7 needs.
 */
export const shieldHost: Host = {
  ...common,
  name: 'graphql-shield',
  example: `${examples}/graphql-shield.ts`,
  dependencies: ['graphql', 'graphql-http', 'graphql-shield', 'graphql-middleware'],
}

/** No token, a stranger's, the author's. The refused fields are null, with one code each; the others are unchanged. */
export const policyRequests: readonly ExampleRequest[] = [
  {
    caller: 'a caller without token',
    send: (origin) => post(origin),
    expected: {
      data: { book: { title: 'Fields', draft: null, sales: null } },
      errors: refusals('UNAUTHENTICATED', 'Sign in to do this.'),
    },
  },
  {
    caller: 'a stranger',
    send: (origin) => post(origin, 'Bearer bob'),
    expected: {
      data: { book: { title: 'Fields', draft: null, sales: null } },
      errors: refusals('FORBIDDEN', 'You may not do this.'),
    },
  },
  {
    caller: 'the author',
    send: (origin) => post(origin, 'Bearer alice'),
    expected: { data: { book: { title: 'Fields', draft: 'Chapter one', sales: 7 } }, errors: undefined },
  },
]

function refusals(code: string, message: string) {
  return [
    { message, path: ['book', 'draft'], extensions: { code } },
    { message: 'Not found.', path: ['book', 'sales'], extensions: { code: 'NOT_FOUND' } },
  ]
}

interface GraphQLResponse {
  readonly data: unknown
  readonly errors?: readonly { message: string; path: unknown; extensions: unknown }[]
}

async function post(origin: string, authorization?: string) {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
    body: JSON.stringify({ query: '{ book { title draft sales } }' }),
  })
  const { data, errors } = (await response.json()) as GraphQLResponse
  return { data, errors: errors?.map(({ message, path, extensions }) => ({ message, path, extensions })) }
}
