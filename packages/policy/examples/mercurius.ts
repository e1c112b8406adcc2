import { fastify } from 'fastify'
import mercurius from 'mercurius'
import { principalOf, schema } from './books.ts'

const app = fastify()

app.register(mercurius, {
  schema,
  context: ({ headers }) => ({ principal: principalOf(headers.authorization) }),
})

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' })
