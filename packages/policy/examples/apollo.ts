import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'
import { principalOf, schema } from './books.ts'

const server = new ApolloServer({ schema, includeStacktraceInErrorResponses: false })

await startStandaloneServer(server, {
  context: async ({ req }) => ({ principal: principalOf(req.headers.authorization) }),
  listen: { port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' },
})
