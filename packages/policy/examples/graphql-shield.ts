import { createServer } from 'node:http'
import { createPolicy } from '@fieldnotes/policy/policy'
import { notFound } from '@fieldnotes/policy/rules'
import { createHandler } from 'graphql-http/lib/use/http'
import { allow, and, not, rule } from 'graphql-shield'
import { openSchema, principalOf, type Types } from './books.ts'

const anonymous = rule('anonymous')((_parent, _args, { principal }) => principal.kind === 'anonymous')
const mine = rule('mine')(({ author }, _args, { principal }) => principal.kind === 'user' && principal.id === author)

const { schema } = createPolicy<Types>(openSchema, {
  Query: { book: allow, books: allow },
  Book: { title: allow, draft: and(not(anonymous), mine), sales: notFound(mine) },
})

const handler = createHandler({
  schema,
  context: ({ raw }) => ({ principal: principalOf(raw.headers.authorization) }),
})

createServer(handler).listen(Number(process.env.PORT ?? 3000), '127.0.0.1')
