/** The limits of a document as a rule of validation. */
import { type DocumentNode, GraphQLError, type ValidationContext, type ValidationRule } from 'graphql'
import {
  assertLimits,
  assertText,
  assertWithin,
  type DocumentLimits,
  limitsDefault,
  refuseLarger,
} from './document-limits.ts'

/** Refuses a parsed document by its text, which a server without such limits has parsed. */
function assertParsedText({ loc, tokenCount = 0 }: DocumentNode, limits: DocumentLimits): void {
  // A server may accept a document that was parsed by its client.
  if (typeof loc?.source?.body === 'string') assertText(loc.source.body, limits)
  if (tokenCount > limits.tokens) refuseLarger('tokens', limits.tokens)
}

/** Reports what `act` throws as an error of validation. Returns whether it threw. */
function isReported(context: Pick<ValidationContext, 'reportError'>, act: () => void): boolean {
  try {
    act()
    return false
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
    context.reportError(error)
    return true
  }
}

/**
 * The limits of a document as a rule of validation, for servers that parse by themselves. They are checked when
 * validation enters the document, before any field is compared. A refusal is the only error: every other rule then
 * visits an empty document.
 * @example
 * ```ts
 * import { limitRule } from '@fieldnotes/policy/document-rule'
 * import { buildSchema, parse, specifiedRules, validate } from 'graphql'
 *
 * const schema = buildSchema('type Query { version: String }')
 * const errors = validate(schema, parse('{ version }'), [...specifiedRules, limitRule()])
 * ```
 */
export function limitRule(limits: DocumentLimits = limitsDefault): ValidationRule {
  assertLimits(limits)
  return (context) => ({
    Document: (document) => {
      const isRefused = isReported(context, () => {
        assertParsedText(document, limits)
        assertWithin(document, limits)
      })
      return isRefused ? { ...document, definitions: [] } : undefined
    },
  })
}
