import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'
import { createAdmission } from '@fieldnotes/policy/create-admission'
import { limitsDefault } from '@fieldnotes/policy/document-limits'
import { limitRule } from '@fieldnotes/policy/document-rule'
import { formatRefusal } from '@fieldnotes/policy/format-refusal'
import { type RuleContext, signedIn } from '@fieldnotes/policy/rules'
import { principalOf, schema } from './books.ts'

const admit = createAdmission({ cost: { costMax: 1000 }, introspection: signedIn })

const server = new ApolloServer<RuleContext>({
  schema,
  introspection: true,
  includeStacktraceInErrorResponses: false,
  parseOptions: { maxTokens: limitsDefault.tokens },
  validationRules: [limitRule()],
  formatError: formatRefusal,
  plugins: [
    {
      requestDidStart: async () => ({
        didResolveOperation: async ({ schema, document, operationName, request: { variables }, contextValue }) =>
          admit({ schema, document, operationName, variables }, contextValue.principal),
      }),
    },
  ],
})

await startStandaloneServer(server, {
  context: async ({ req }) => ({ principal: principalOf(req.headers.authorization) }),
  listen: { port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' },
})
