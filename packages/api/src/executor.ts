/** Runs each operation on the schema that the policy made for its caller. Apollo's documented place for an executor of one's own is the gateway. */
import type { ApolloServerOptionsWithGateway } from '@apollo/server'
import type { Principal } from '@fieldnotes/core/principal'
import { createEngine } from '@fieldnotes/policy/engine'
import type { GraphQLSchema } from 'graphql'
import type { Context } from './context.ts'

type Gateway = ApolloServerOptionsWithGateway<Context>['gateway']

/** `schema` validates; `schemaFor` executes. Both hold the same types. */
export const executorOf = (schema: GraphQLSchema, schemaFor: (principal: Principal) => GraphQLSchema): Gateway => {
  const engine = createEngine()
  return {
    load: async () => ({
      executor: async ({ document, request, context }) => {
        const contextValue = context as Context
        const { variables: variableValues = {}, operationName = null } = request
        const own = schemaFor(contextValue.principal)
        return engine.execute({ schema: own, document, contextValue, variableValues, operationName })
      },
    }),
    onSchemaLoadOrUpdate: (notify) => {
      notify({ apiSchema: schema, coreSupergraphSdl: '' })
      return () => {}
    },
    stop: async () => {},
  }
}
