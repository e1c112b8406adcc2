/** Validates each document once, with a bound on errors: each costs a look through the names of the schema. */
import { type DocumentNode, GraphQLError, type GraphQLSchema, specifiedRules, validate } from 'graphql'

/** Errors of one document. Validation ends at the last one. */
export const validationErrorsMax = 10

/** The errors of a document that is within the limits; none when it is valid. */
export type Validation = (document: DocumentNode) => readonly GraphQLError[]

/** Validates against `schema` by the rules of the specification (GraphQL §5). */
export function createValidation(schema: GraphQLSchema): Validation {
  const known = new WeakMap<DocumentNode, readonly GraphQLError[]>()
  return (document) => {
    const found = known.get(document) ?? validate(schema, document, specifiedRules, { maxErrors: validationErrorsMax })
    known.set(document, found)
    return found.map(asAnswer)
  }
}

/** A new error for each answer, since answers complete their errors. */
function asAnswer({ message, nodes }: GraphQLError): GraphQLError {
  return new GraphQLError(message, { nodes: nodes ?? null, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } })
}
