import { createServer } from 'node:http'
import { createHandler } from 'graphql-http/lib/use/http'
import { principalOf, schema } from './books.ts'

const handler = createHandler({
  schema,
  context: ({ raw }) => ({ principal: principalOf(raw.headers.authorization) }),
})

createServer(handler).listen(Number(process.env.PORT ?? 3000), '127.0.0.1')
