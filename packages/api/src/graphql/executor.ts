/**
 * What happens to a parsed document: each step is given what the step before it let pass, and the first refusal ends the
 * request. Apollo's documented place for an executor of one's own is the gateway.
 */
import type { ApolloServerOptionsWithGateway } from '@apollo/server'
import type { Principal } from '@fieldnotes/core/principal'
import type { Admission } from '@fieldnotes/policy/admission'
import { createEngine } from '@fieldnotes/policy/engine'
import { assertWithin } from '@fieldnotes/policy/limits'
import { type GraphQLSchema, getOperationAST } from 'graphql'
import type { Context } from '../resolvers/context.ts'
import type { AccountCheck } from './account-check.ts'
import { assertKind } from './admission.ts'
import { createValidation } from './validation.ts'

type Gateway = ApolloServerOptionsWithGateway<Context>['gateway']

export interface Execution {
  /** Validates. */
  readonly schema: GraphQLSchema
  /** The schema on which this caller's operations run. It holds the same types. */
  readonly schemaFor: (principal: Principal) => GraphQLSchema
  /** What a valid operation must pass. */
  readonly admission: Admission
  readonly checkAccount: AccountCheck
}

/** Runs operations that are within the limits, valid and admitted, on the schema that the policy made for their caller. */
export function executorOf({ schema, schemaFor, admission, checkAccount }: Execution): Gateway {
  const engine = createEngine()
  const validate = createValidation(schema)
  return {
    load: async () => ({
      executor: async ({ document, request, context }) => {
        assertWithin(document)
        const errors = validate(document)
        if (errors.length > 0) return { errors }
        const { variables = {}, operationName = null } = request
        const operation = assertKind(schema, getOperationAST(document, operationName))
        const contextValue = context as Context
        admission({ schema, document, operationName, variables }, contextValue.principal)
        await checkAccount(document, operation, contextValue.principal)
        const own = schemaFor(contextValue.principal)
        return engine.execute({ schema: own, document, contextValue, variableValues: variables, operationName })
      },
    }),
    onSchemaLoadOrUpdate: (notify) => {
      notify({ apiSchema: schema, coreSupergraphSdl: '' })
      return () => {}
    },
    stop: async () => {},
  }
}
