import { createServer, STATUS_CODES } from 'node:http'
import { createPreparation } from '@fieldnotes/policy/create-preparation'
import { signedIn } from '@fieldnotes/policy/rules'
import { createHandler } from 'graphql-http/lib/use/http'
import { principalOf, schema } from './books.ts'

const prepare = createPreparation(schema, { cost: { costMax: 1000 }, introspection: signedIn })
const headers = { 'content-type': 'application/json; charset=utf-8' }

const handler = createHandler({
  onSubscribe: ({ raw }, params) => {
    const { status, args, errors } = prepare(params, { principal: principalOf(raw.headers.authorization) })
    return args ?? [JSON.stringify({ errors }), { status, statusText: STATUS_CODES[status] ?? '', headers }]
  },
})

createServer(handler).listen(Number(process.env.PORT ?? 3000), '127.0.0.1')
