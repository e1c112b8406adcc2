import type { Principal } from '@fieldnotes/core/principal'
import { createAdmission } from '@fieldnotes/policy/create-admission'
import { assertText } from '@fieldnotes/policy/document-limits'
import { limitRule } from '@fieldnotes/policy/document-rule'
import { signedIn } from '@fieldnotes/policy/rules'
import { fastify } from 'fastify'
import mercurius from 'mercurius'
import { principalOf, schema } from './books.ts'

declare module 'mercurius' {
  interface MercuriusContext {
    principal: Principal
  }
}

const admit = createAdmission({ cost: { costMax: 1000 }, introspection: signedIn })

const app = fastify()
app.register(mercurius, {
  schema,
  context: ({ headers }) => ({ principal: principalOf(headers.authorization) }),
  validationRules: [limitRule()],
})
await app.ready()
app.graphql.addHook('preParsing', async (_schema, source) => assertText(source))
app.graphql.addHook('preExecution', async (schema, document, { principal }, variables) =>
  admit({ schema, document, variables }, principal),
)

await app.listen({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' })
