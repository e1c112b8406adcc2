/**
 * Executes a parsed document. Each step receives what the step before it passed, and the first refusal ends the
 * request: limits, validation, operation, admission, variables, the caller's limit, account check, execution.
 */
import type { ApolloServerOptionsWithGateway } from '@apollo/server'
import type { Executor } from '@fieldnotes/core/executors'
import type { Principal } from '@fieldnotes/core/principal'
import type { MeasuredAdmission } from '@fieldnotes/policy/create-admission'
import { assertWithin } from '@fieldnotes/policy/document-limits'
import { createEngine } from '@fieldnotes/policy/graphql-engine'
import { type GraphQLSchema, getOperationAST } from 'graphql'
import type { Context } from '../resolvers/context.ts'
import type { AccountCheck } from './checked-mutations.ts'
import { assertOperation } from './operation-admission.ts'
import { createValidation } from './validation.ts'

/** Apollo's documented interface for a custom executor. */
type Gateway = ApolloServerOptionsWithGateway<Context>['gateway']

export interface ApolloGatewayOptions {
  /** The schema for validation. */
  readonly schema: GraphQLSchema
  /** The schema on which the operations of a caller run. It has the same types. */
  readonly schemaFor: (principal: Principal) => GraphQLSchema
  /** Checks a valid operation. */
  readonly admission: MeasuredAdmission
  readonly checkAccount: AccountCheck
  /** Required, so that no caller forgets to pass the setting on; `plans` when undefined. */
  readonly executor: Executor | undefined
}

/** Executes operations that are within the limits, valid and admitted, on the schema of their caller. */
export function createApolloGateway({
  schema,
  schemaFor,
  admission,
  checkAccount,
  executor,
}: ApolloGatewayOptions): Gateway {
  const engine = createEngine({ executor: executor ?? 'plans' })
  const validate = createValidation(schema)
  return {
    load: async () => ({
      executor: async ({ document, request, context }) => {
        assertWithin(document)
        const errors = validate(document)
        if (errors.length > 0) return { errors }
        const { variables = {}, operationName = null } = request
        const operation = assertOperation(schema, getOperationAST(document, operationName))
        const contextValue = context as Context
        const cost = admission({ schema, document, operationName, variables }, contextValue.principal)
        const own = { schema: schemaFor(contextValue.principal), document, operationName }
        const prepared = engine.prepare({ ...own, contextValue, variableValues: variables })
        if ('errors' in prepared) return prepared
        await contextValue.spend(cost)
        await checkAccount(document, operation, contextValue.principal)
        return prepared.run()
      },
    }),
    onSchemaLoadOrUpdate: (notify) => {
      notify({ apiSchema: schema, coreSupergraphSdl: '' })
      return () => {}
    },
    stop: async () => {},
  }
}
