import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { createPreparation } from '@fieldnotes/policy/create-preparation'
import { signedIn } from '@fieldnotes/policy/rules'
import { execute } from 'graphql'
import { principalOf, schema } from './books.ts'

const prepare = createPreparation(schema, { cost: { costMax: 1000 }, introspection: signedIn })

createServer(async (request, response) => {
  const members = await json(request).catch(() => undefined)
  const { status, args, errors } = prepare(members, { principal: principalOf(request.headers.authorization) })
  const answer = args ? await execute(args) : { errors }
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
}).listen(Number(process.env.PORT ?? 3000), '127.0.0.1')
