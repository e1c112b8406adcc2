/** Validates each document once. The number of errors is limited: each of them searches the names of the schema. */
import { type DocumentNode, GraphQLError, type GraphQLSchema, specifiedRules, validate } from 'graphql'

/** Errors of one document. Validation stops at this number. */
export const validationErrorsMax = 10

/** The errors of a document that is within the limits of its size; empty when it is valid. */
export type Validation = (document: DocumentNode) => readonly GraphQLError[]

/** Validates against `schema` by the rules of the specification (GraphQL §5). */
export function createValidation(schema: GraphQLSchema): Validation {
  const known = new WeakMap<DocumentNode, readonly GraphQLError[]>()
  return (document) => {
    const found = known.get(document) ?? validate(schema, document, specifiedRules, { maxErrors: validationErrorsMax })
    known.set(document, found)
    return found.map(copyOf)
  }
}

/** A copy for each response: the server adds members to the errors of a response. */
function copyOf({ message, nodes }: GraphQLError): GraphQLError {
  return new GraphQLError(message, { nodes: nodes ?? null, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } })
}
