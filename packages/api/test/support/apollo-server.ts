/** Apollo Server with the settings of the endpoint, on a small schema whose fields fail in every way. */
import { HeaderMap } from '@apollo/server'
import { AppError, type ErrorCode } from '@fieldnotes/core/error'
import { anonymous, type Principal } from '@fieldnotes/core/principal'
import { LostAnswer } from '@fieldnotes/table/failures'
import { makeExecutableSchema } from '@graphql-tools/schema'
import { createApolloServer } from '../../src/graphql/apollo-server.ts'
import { admissionOf } from '../../src/graphql/operation-admission.ts'
import type { Context } from '../../src/resolvers/context.ts'

function fail(code: ErrorCode) {
  return () => {
    throw new AppError(code, `reason of ${code}`, { cause: new Error('cause') })
  }
}

function fault() {
  throw new Error('hunter2')
}

const resolvers = {
  Inner: { inner: () => ({}), bug: fault, forbidden: fail('FORBIDDEN') },
  Mutation: {
    deleteNote: () => 'written',
    keep: () => 'written',
    lost: () => {
      throw new LostAnswer('of a write')
    },
  },
  Query: {
    fine: () => 'fine',
    forbidden: fail('FORBIDDEN'),
    missing: fail('NOT_FOUND'),
    remediable: () => {
      throw new AppError('FORBIDDEN', 'scope', { remedy: { kind: 'SCOPES', scopes: [['notes:write']] } })
    },
    remedied: () => {
      throw new AppError('NOT_FOUND' as 'FORBIDDEN', 'hidden', { remedy: { kind: 'ASK_OWNER' } })
    },
    down: fail('UNAVAILABLE'),
    bug: fault,
    inner: () => ({}),
    inners: (_: unknown, { first }: { first: number }) => Array.from({ length: first }, () => ({})),
    echo: () => 'x',
  },
}
const typeDefs = `
  type Mutation { deleteNote: String keep: String lost: String }
  input In { n: Int! }
  type Inner { inner: Inner bug: String forbidden: String }
  extend type Query { inner: Inner inners(first: Int): [Inner] }
  type Query {
    fine: String forbidden: String missing: String remediable: String remedied: String down: String bug: String must: String!
    echo(i: In): String
  }
`

const revoked = new AppError('UNAUTHENTICATED', 'revoked')
/** What the server needs of the identity. */
export const identity = {
  challenge: () => 'Bearer error="invalid_token"',
  metadataUrl: 'https://api.example.com/.well-known/oauth-protected-resource/graphql',
  checkAccount: () => Promise.reject(revoked),
}

const admission = admissionOf({ development: false })

type ServerOptions = Parameters<typeof createApolloServer>[0]

/** Plugins beside those of the endpoint. */
export type Plugins = NonNullable<ServerOptions['plugins']>

const failing = makeExecutableSchema({ typeDefs, resolvers })

/** Creates a server that is not started yet, and the lines of its log. */
export function createServer(plugins: Plugins = [], schema = failing, others: Partial<ServerOptions> = {}) {
  const lines: string[] = []
  const log = (level: string, event: string, fields = {}) => lines.push(JSON.stringify({ level, event, ...fields }))
  const server = createApolloServer({
    schema,
    schemaFor: () => schema,
    identity,
    admission,
    executor: undefined,
    log,
    now: () => 0,
    plugins,
    ...others,
  })
  return { server, lines }
}

export const json = 'application/json'
export const modern = 'application/graphql-response+json'

type Server = ReturnType<typeof createServer>['server']

/** Sends one POST to a started server, of an anonymous caller unless another is given. */
export async function callOn(
  server: Server,
  body: unknown,
  accept = json,
  more: Readonly<Record<string, string>> = {},
  principal: Principal = anonymous,
) {
  const headers = { 'content-type': json, accept, ...more }
  const response = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: 'POST',
      headers: new HeaderMap(Object.entries(headers)),
      search: '',
      body,
    },
    context: async () => ({ principal, requestId: 'r1', spend: async () => {} }) as Partial<Context> as Context,
  })
  if (response.body.kind !== 'complete') throw new Error('in parts')
  return { ...response, text: response.body.string, body: JSON.parse(response.body.string) }
}

/** Sends one POST to a new server, and returns the response with the lines of the log. */
export async function call(body: unknown, accept = json) {
  const { server, lines } = createServer()
  await server.start()
  return { ...(await callOn(server, body, accept)), lines }
}

/** The request of a persisted query that the server does not know. */
export const unknownQuery = { extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } }
