/** Logs which deprecated fields and arguments the operations of which client use, until no operation does. */
import type { ApolloServerPlugin } from '@apollo/server'
import type { Log } from '@fieldnotes/core/log'
import {
  type DocumentNode,
  type GraphQLSchema,
  isObjectType,
  type OperationDefinitionNode,
  separateOperations,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import type { Context } from '../resolvers/context.ts'
import { isLoggable } from './request-log.ts'

/** Log lines of one operation. */
export const deprecatedUsesMax = 20

/** Whether a schema has deprecated fields, or arguments of fields. */
function hasDeprecated(schema: GraphQLSchema): boolean {
  const fields = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => Object.values(type.getFields()))
  return fields.some((field) => [field, ...field.args].some((member) => member.deprecationReason != null))
}

/**
 * The schema coordinates of deprecated fields and arguments in the text of an operation and its fragments, each once.
 * The document must be valid.
 */
export function deprecatedIn(schema: GraphQLSchema, document: DocumentNode, name = ''): readonly string[] {
  const info = new TypeInfo(schema)
  const found = new Set<string>()
  const coordinate = () => `${info.getParentType()?.name}.${info.getFieldDef()?.name}`
  const visitor = {
    Field: () => {
      if (info.getFieldDef()?.deprecationReason != null) found.add(coordinate())
    },
    Argument: () => {
      const argument = info.getArgument()
      if (argument?.deprecationReason != null) found.add(`${coordinate()}(${argument.name}:)`)
    },
  }
  visit(separateOperations(document)[name] ?? document, visitWithTypeInfo(info, visitor))
  return [...found]
}

/** The plugin. Without deprecated members in the schema it does nothing. */
export function createDeprecatedUse(schema: GraphQLSchema, log: Log): ApolloServerPlugin<Context> {
  if (!hasDeprecated(schema)) return {}
  const known = new WeakMap<OperationDefinitionNode, readonly string[]>()
  const usedBy = (document: DocumentNode, operation: OperationDefinitionNode) => {
    const used = known.get(operation) ?? deprecatedIn(schema, document, operation.name?.value)
    known.set(operation, used)
    return used.slice(0, deprecatedUsesMax)
  }
  return {
    requestDidStart: async ({ contextValue: { requestId, principal } }) => ({
      async willSendResponse({ request, response: { body }, document, operation, operationName }) {
        // Without data nothing was executed, and the document may be invalid.
        if (!document || !operation || body.kind !== 'single' || body.singleResult.data === undefined) return
        const client = principal.kind === 'anonymous' ? undefined : principal.clientId
        const facts = { requestId, operation: isLoggable(request) ? operationName : undefined, clientId: client }
        for (const field of usedBy(document, operation)) log('info', 'deprecated_used', { ...facts, field })
      },
    }),
  }
}
