/** Limits on the size of a document. They are checked before anything compares, validates or executes it. */
import { AppError } from '@fieldnotes/core/error'
import { type DocumentNode, GraphQLError, parse } from 'graphql'
import { requestError } from '../decide/graphql-errors.ts'
import { assertOption, hasMembers, isLimit, type OptionCheck } from '../decide/option-checks.ts'
import { type Measures, measureDocument } from './measure-document.ts'
import { isNestedDeeper } from './nesting.ts'

/**
 * The largest value of each measure. `characters`, `lines` and `nesting` are checked before parsing, `tokens` while
 * parsing.
 */
export type DocumentLimits = {
  readonly [Name in keyof Measures | 'characters' | 'lines' | 'nesting' | 'tokens']: number
}

/**
 * Large enough for a page that selects every field, and for the introspection query.
 * @example
 * ```ts
 * import { limitsDefault, parseWithin } from '@fieldnotes/policy/document-limits'
 *
 * const document = parseWithin('{ book { title } }', { ...limitsDefault, depth: 10 })
 * ```
 */
export const limitsDefault: DocumentLimits = {
  characters: 50_000,
  lines: 1000,
  nesting: 100,
  tokens: 2000,
  depth: 15,
  breadth: 100,
  fields: 500,
  aliases: 30,
  duplicates: 20,
  rootFields: 20,
  mutations: 10,
  directives: 20,
  name: 128,
}

/**
 * Errors that a refused request lists, of its document or of its variables. Validation and coercion end there, however
 * many mistakes follow.
 * @internal
 */
export const requestErrorsMax = 10

/**
 * Characters of a document whose parsed form or plan may be kept. A longer one would hold too much memory.
 * @internal
 */
export const keptCharactersMax = 10_000

/**
 * The error of a document or cost above a limit. Its status is 400, not 429: waiting does not help.
 * @internal
 */
export function limitExceeded(limit: string, max: number, found?: number): AppError {
  return new AppError('LIMIT_EXCEEDED', `${limit}: ${found ?? 'more'} > ${max}`, {
    message: `The operation is too large: ${limit} may be ${max} at most.`,
    extensions: { limit, max, status: 400 },
  })
}

/**
 * @throws GraphQLError LIMIT_EXCEEDED
 * @internal
 */
export function refuseLarger(limit: string, max: number, found?: number): never {
  throw requestError(limitExceeded(limit, max, found))
}

/**
 * The check of `DocumentLimits`: every limit has a number, since a missing one would limit nothing.
 * @internal
 */
export const isDocumentLimits: OptionCheck = hasMembers(
  Object.fromEntries(Object.keys(limitsDefault).map((name) => [name, isLimit])),
)

const checked = new WeakSet<DocumentLimits>([limitsDefault])

/**
 * @throws PolicyError for limits that lack a number
 * @internal
 */
export function assertLimits(limits: DocumentLimits): void {
  if (checked.has(limits)) return
  assertOption('limits', limits, isDocumentLimits)
  checked.add(limits)
}

/** Documents that are within these limits, so that each is measured once. */
const measured = new WeakMap<DocumentNode, DocumentLimits>()

/**
 * Refuses a parsed document that is too large in any measure.
 * @throws GraphQLError LIMIT_EXCEEDED, or BAD_USER_INPUT for a fragment that contains itself
 * @example
 * ```ts
 * import { assertWithin } from '@fieldnotes/policy/document-limits'
 * import { parse } from 'graphql'
 *
 * assertWithin(parse('{ book { title } }', { maxTokens: 2000 }))
 * ```
 */
export function assertWithin(document: DocumentNode, limits: DocumentLimits = limitsDefault): void {
  if (measured.get(document) === limits) return
  assertLimits(limits)
  const measures = measureDocument(document)
  for (const [name, found] of Object.entries(measures) as [keyof Measures, number][])
    if (found > limits[name]) refuseLarger(name, limits[name], found)
  measured.set(document, limits)
}

const lineFeed = 10
const carriageReturn = 13

/** The lines of a text (GraphQL §2.1.2). graphql-js reads all of them for the location of each error. */
function linesOf(source: string): number {
  let lines = 1
  for (let at = 0; at < source.length; at += 1) {
    const code = source.charCodeAt(at)
    if (code === lineFeed || (code === carriageReturn && source.charCodeAt(at + 1) !== lineFeed)) lines += 1
  }
  return lines
}

/**
 * Refuses the text of a document that is too large to parse. For servers that parse by themselves.
 * @throws GraphQLError LIMIT_EXCEEDED
 * @example
 * ```ts
 * import { assertText } from '@fieldnotes/policy/document-limits'
 *
 * const source = '{ book { title } }'
 * assertText(source)
 * ```
 */
export function assertText(source: string, limits: DocumentLimits = limitsDefault): void {
  assertLimits(limits)
  if (source.length > limits.characters) refuseLarger('characters', limits.characters, source.length)
  if (linesOf(source) > limits.lines) refuseLarger('lines', limits.lines)
  if (isNestedDeeper(source, limits.nesting)) refuseLarger('nesting', limits.nesting)
}

const tooManyTokens = /contains more tha[nt] (\d+) tokens/

/**
 * The `maxTokens` at which parsing ended; undefined for any other error.
 * @internal
 */
export function tokensMaxOf(error: unknown): number | undefined {
  const [, tokensMax] = (error instanceof GraphQLError && tooManyTokens.exec(error.message)) || []
  return tokensMax === undefined ? undefined : Number(tokensMax)
}

/**
 * Whether parsing ended because of `maxTokens`, which graphql-js reports as a syntax error.
 * @internal
 */
export function isTooManyTokens(error: unknown): boolean {
  return tokensMaxOf(error) !== undefined
}

/**
 * Parses a document and refuses it when it is too large.
 * @throws GraphQLError LIMIT_EXCEEDED, BAD_USER_INPUT for a fragment that contains itself, or graphql-js's own for a
 * syntax error
 * @example
 * ```ts
 * import { parseWithin } from '@fieldnotes/policy/document-limits'
 *
 * const document = parseWithin('{ book { title } }')
 * ```
 */
export function parseWithin(source: string, limits: DocumentLimits = limitsDefault): DocumentNode {
  assertText(source, limits)
  try {
    const document = parse(source, { maxTokens: limits.tokens })
    assertWithin(document, limits)
    return document
  } catch (error) {
    if (isTooManyTokens(error)) refuseLarger('tokens', limits.tokens)
    throw error
  }
}
