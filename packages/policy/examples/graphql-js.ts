import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { graphql } from 'graphql'
import { principalOf, schema } from './books.ts'

createServer(async (request, response) => {
  const { query } = (await json(request)) as { query: string }
  const contextValue = { principal: principalOf(request.headers.authorization) }
  const answer = await graphql({ schema, source: query, contextValue })
  response.setHeader('content-type', 'application/json').end(JSON.stringify(answer))
}).listen(Number(process.env.PORT ?? 3000), '127.0.0.1')
