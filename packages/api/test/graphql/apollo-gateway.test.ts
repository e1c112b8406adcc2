import { HeaderMap } from '@apollo/server'
import type { Executor } from '@fieldnotes/core/executors'
import { anonymous } from '@fieldnotes/core/principal'
import { makeExecutableSchema } from '@graphql-tools/schema'
import { describe, expect, it } from 'vitest'
import { createApolloServer } from '../../src/graphql/apollo-server.ts'
import { admissionOf } from '../../src/graphql/operation-admission.ts'
import type { Context } from '../../src/resolvers/context.ts'

const typeDefs = 'type Query { stack: String }'

/** The resolver returns the functions that called it. */
const resolvers = { Query: { stack: () => new Error('stack').stack } }

/** Whether graphql-js's own `execute` called the resolver. */
async function isExecutedByGraphqlJs(executor: Executor | undefined): Promise<boolean> {
  const schema = makeExecutableSchema({ typeDefs, resolvers })
  const identity = {
    challenge: () => undefined,
    metadataUrl: 'https://api.example.com/metadata',
    checkAccount: async () => {},
  }
  const admission = admissionOf({ development: false })
  const options = { schema, schemaFor: () => schema, admission, identity, log: () => {}, now: () => 0, executor }
  const server = createApolloServer(options)
  await server.start()
  const { body } = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: 'POST',
      headers: new HeaderMap([['content-type', 'application/json']]),
      search: '',
      body: { query: '{ stack }' },
    },
    context: async () =>
      ({ principal: anonymous, requestId: 'r1', spend: async () => {} }) as Partial<Context> as Context,
  })
  if (body.kind !== 'complete') throw new Error('in parts')
  return /graphql\/execution\/execute/.test(JSON.parse(body.string).data.stack)
}

describe('createApolloGateway', () => {
  it.each([
    [undefined, false],
    ['plans', false],
    ['graphql-js', true],
  ] as const)('with the executor %s: graphql-js executes is %s', async (executor, expected) => {
    expect(await isExecutedByGraphqlJs(executor)).toBe(expected)
  })
})
