import { createServer } from 'node:http'
import { createYoga } from 'graphql-yoga'
import { principalOf, schema } from './books.ts'

const yoga = createYoga({
  schema,
  context: ({ request }) => ({ principal: principalOf(request.headers.get('authorization') ?? undefined) }),
})

createServer(yoga).listen(Number(process.env.PORT ?? 3000), '127.0.0.1')
