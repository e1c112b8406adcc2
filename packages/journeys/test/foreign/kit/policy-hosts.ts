/** The examples of packages/policy, and the requests of three callers to each of them. */
import { callerRequests, type HostRequest, sendTo, wholeRequests } from '@fieldnotes/policy/test/host-requests'
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
  // Its objects are recognised by the names of their classes.
  keepNames: true,
}

function requestsOf(requests: readonly HostRequest[]): readonly ExampleRequest[] {
  return requests.map((request) => ({
    caller: request.what,
    send: (origin) => sendTo(origin, request),
    expected: request.expected,
  }))
}

/** Requests of three callers, whose refused fields are null. */
export const callers: readonly ExampleRequest[] = requestsOf(callerRequests)

/** The same, and requests that are refused as a whole, each beside one that is just accepted. */
export const callersAndLimits: readonly ExampleRequest[] = [...callers, ...requestsOf(wholeRequests)]
