/** What a valid operation must pass before it runs: cost with these variables, and who may look at the schema. */
import type { ApolloServerPlugin } from '@apollo/server'
import { AppError } from '@fieldnotes/core/error'
import { type Admission, createAdmission } from '@fieldnotes/policy/admission'
import { allow, inGroup } from '@fieldnotes/policy/rules'
import type { GraphQLSchema, OperationDefinitionNode } from 'graphql'
import type { Context } from './context.ts'

/** Values that an answer may hold; three full pages of 100 notes with all their fields. */
export const costMax = 10_000

/** Items of the largest page. */
export const pageSizeMax = 100

/** The endpoint's limits. The schema is open to everybody on a developer's machine, and to staff elsewhere. */
export const admissionOf = ({ development }: { readonly development: boolean }): Admission =>
  createAdmission({ cost: { costMax, pageSizeMax }, introspection: development ? allow : inGroup('cognito:staff') })

/** graphql-js validates a subscription where the schema has none, and fails only when it runs. */
const assertKind = (schema: GraphQLSchema, { operation }: OperationDefinitionNode): void => {
  if (schema.getRootType(operation)) return
  throw new AppError('BAD_USER_INPUT', 'kind of operation', { message: `There is no ${operation} here.` })
}

/** @throws BAD_USER_INPUT for a kind of operation that the schema has not, LIMIT_EXCEEDED, or the refusal of introspection, before anything of the operation runs */
export const admitting = (admission: Admission): ApolloServerPlugin<Context> => ({
  async requestDidStart() {
    return {
      async didResolveOperation({ schema, document, operation, request, contextValue }) {
        if (operation) assertKind(schema, operation)
        const { operationName, variables } = request
        admission({ schema, document, operationName, variables }, contextValue.principal)
      },
    }
  },
})
