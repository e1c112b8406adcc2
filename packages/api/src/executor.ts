/** Runs each operation on the schema that the policy made for its caller. Apollo's documented place for an executor of one's own is the gateway. */
import type { ApolloServerOptionsWithGateway } from '@apollo/server'
import type { Principal } from '@fieldnotes/core/principal'
import { type ExecutionResult, execute, type GraphQLSchema } from 'graphql'
import { createCompiled } from './compiled.ts'
import type { Context } from './context.ts'

type Gateway = ApolloServerOptionsWithGateway<Context>['gateway']

/** `schema` validates; `schemaFor` executes. Both hold the same types. */
export const executorOf = (schema: GraphQLSchema, schemaFor: (principal: Principal) => GraphQLSchema): Gateway => {
  const compiled = createCompiled()
  return {
    load: async () => ({
      executor: async ({ document, request, context }) => {
        const contextValue = context as Context
        const { variables = {}, operationName = null } = request
        const own = schemaFor(contextValue.principal)
        const answer = await compiled(own, { document, variables, context: contextValue })
        if (answer) return answer
        const asked = { schema: own, document, contextValue, variableValues: variables, operationName }
        return (await execute(asked)) as ExecutionResult
      },
    }),
    onSchemaLoadOrUpdate: (notify) => {
      notify({ apiSchema: schema, coreSupergraphSdl: '' })
      return () => {}
    },
    stop: async () => {},
  }
}
