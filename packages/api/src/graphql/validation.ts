/** Validates each document once. The number of errors is limited: each of them searches the names of the schema. */
import type { AppError } from '@fieldnotes/core/error'
import { requestErrorsMax } from '@fieldnotes/policy/document-limits'
import { type DocumentNode, GraphQLError, type GraphQLSchema, specifiedRules, validate } from 'graphql'
import { badInput } from '../errors/bad-input.ts'
import { redactMessage } from '../errors/redact-message.ts'
import { withPaths } from './argument-paths.ts'

/** The errors of a document that is within the limits of its size; empty when it is valid. */
export type Validation = (document: DocumentNode) => readonly GraphQLError[]

interface KnownError {
  readonly message: string
  readonly nodes: GraphQLError['nodes']
  /** For an error about an argument. */
  readonly originalError: AppError | null
}

/** Validates against `schema` by the rules of the specification (GraphQL §5). */
export function createValidation(schema: GraphQLSchema): Validation {
  const known = new WeakMap<DocumentNode, readonly KnownError[]>()
  const find = (document: DocumentNode) => {
    const errors = validate(schema, document, specifiedRules, { maxErrors: requestErrorsMax })
    return withPaths(document, errors).map(([error, path]) => foundOf(error, path))
  }
  return (document) => {
    const found = known.get(document) ?? find(document)
    known.set(document, found)
    return found.map(errorOf)
  }
}

/** An error about an argument has the same members as that of a mutation which refuses its input. */
function foundOf({ message, nodes }: GraphQLError, path: string | undefined): KnownError {
  const reason = redactMessage(message).replace(/\.$/, '')
  return { message, nodes, originalError: path === undefined ? null : badInput(path, reason) }
}

/** A new error for each response: the server adds members to the errors of a response. */
function errorOf({ message, nodes, originalError }: KnownError): GraphQLError {
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    originalError,
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
  })
}
