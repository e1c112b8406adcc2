/** Logs which deprecated members of the schema the operations of which client use, until no operation does. */
import type { ApolloServerPlugin } from '@apollo/server'
import type { Log } from '@fieldnotes/core/log'
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql'
import type { Context } from '../resolvers/context.ts'
import { deprecatedIn, deprecatedInVariables, deprecatedKinds } from './deprecated-members.ts'
import { isLoggable } from './request-log.ts'

/** Log lines of one operation. */
export const deprecatedUsesMax = 20

type Variables = Readonly<Record<string, unknown>> | undefined

/** The plugin. Without deprecated members in the schema it does nothing. */
export function createDeprecatedUse(schema: GraphQLSchema, log: Log): ApolloServerPlugin<Context> {
  const kinds = deprecatedKinds(schema)
  if (!kinds.any) return {}
  const known = new WeakMap<OperationDefinitionNode, readonly string[]>()
  const usedBy = (document: DocumentNode, operation: OperationDefinitionNode, variables: Variables) => {
    const used = known.get(operation) ?? deprecatedIn(schema, document, operation.name?.value)
    known.set(operation, used)
    const given = kinds.inVariables ? deprecatedInVariables(schema, operation, variables) : []
    return [...new Set([...used, ...given])].slice(0, deprecatedUsesMax)
  }
  return {
    requestDidStart: async ({ contextValue: { requestId, principal } }) => ({
      async willSendResponse({ request, response: { body }, document, operation, operationName }) {
        // Without data nothing was executed, and the document may be invalid.
        if (!document || !operation || body.kind !== 'single' || body.singleResult.data === undefined) return
        const client = principal.kind === 'anonymous' ? undefined : principal.clientId
        const facts = { requestId, operation: isLoggable(request) ? operationName : undefined, clientId: client }
        for (const field of usedBy(document, operation, request.variables))
          log('info', 'deprecated_used', { ...facts, field })
      },
    }),
  }
}
