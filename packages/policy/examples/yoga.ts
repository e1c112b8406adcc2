import { createServer } from 'node:http'
import { createAdmission } from '@fieldnotes/policy/create-admission'
import { assertText } from '@fieldnotes/policy/document-limits'
import { limitRule } from '@fieldnotes/policy/document-rule'
import { type RuleContext, signedIn } from '@fieldnotes/policy/rules'
import { createYoga, type Plugin } from 'graphql-yoga'
import { principalOf, schema } from './books.ts'

const admit = createAdmission({ cost: { costMax: 1000 }, introspection: signedIn })

const limits: Plugin<RuleContext> = {
  onParse: ({ params: { source } }) => assertText(source.toString()),
  onValidate: ({ addValidationRule }) => addValidationRule(limitRule()),
  onExecute: ({ args: { schema, document, operationName, variableValues: variables, contextValue } }) =>
    admit({ schema, document, operationName, variables }, contextValue.principal),
}

const yoga = createYoga({
  schema,
  context: ({ request }) => ({ principal: principalOf(request.headers.get('authorization') ?? undefined) }),
  plugins: [limits],
})

createServer(yoga).listen(Number(process.env.PORT ?? 3000), '127.0.0.1')
