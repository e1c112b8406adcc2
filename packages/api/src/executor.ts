/** Runs each operation on the schema that the policy made for its caller. Apollo's documented place for an executor of one's own is the gateway. */
import type { ApolloServerOptionsWithGateway } from '@apollo/server'
import type { Principal } from '@fieldnotes/core/principal'
import { type ExecutionResult, execute, type GraphQLSchema } from 'graphql'
import type { Context } from './context.ts'

type Gateway = ApolloServerOptionsWithGateway<Context>['gateway']

/** `schema` validates; `schemaFor` executes. Both hold the same types. */
export const executorOf = (schema: GraphQLSchema, schemaFor: (principal: Principal) => GraphQLSchema): Gateway => ({
  load: async () => ({
    executor: async ({ document, request, context }) => {
      const contextValue = context as Context
      const { variables = {}, operationName } = request
      const asked = { document, contextValue, variableValues: variables, operationName: operationName ?? null }
      return (await execute({ schema: schemaFor(contextValue.principal), ...asked })) as ExecutionResult
    },
  }),
  onSchemaLoadOrUpdate: (notify) => {
    notify({ apiSchema: schema, coreSupergraphSdl: '' })
    return () => {}
  },
  stop: async () => {},
})
