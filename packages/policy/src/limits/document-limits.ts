/** Limits on the size of a document. They are checked before anything compares, validates or executes it. */
import { AppError } from '@fieldnotes/core/error'
import { type DocumentNode, GraphQLError, parse, type ValidationRule } from 'graphql'
import { requestError } from '../decide/graphql-errors.ts'
import { type Measures, measureDocument } from './measure-document.ts'
import { isNestedDeeper } from './nesting.ts'

/**
 * The largest value of each measure. `characters`, `lines` and `nesting` are checked before parsing, `tokens` while
 * parsing.
 */
export type DocumentLimits = {
  readonly [Name in keyof Measures | 'characters' | 'lines' | 'nesting' | 'tokens']: number
}

/** Large enough for a page that selects every field, and for the introspection query. */
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
 */
export const requestErrorsMax = 10

/** Characters of a document whose parsed form or plan may be kept. A longer one would hold too much memory. */
export const keptCharactersMax = 10_000

/** The error of a document or cost above a limit. Its status is 400, not 429: waiting does not help. */
export function limitExceeded(limit: string, max: number, found?: number): AppError {
  return new AppError('LIMIT_EXCEEDED', `${limit}: ${found ?? 'more'} > ${max}`, {
    message: `The operation is too large: ${limit} may be ${max} at most.`,
    extensions: { limit, max, status: 400 },
  })
}

/** @throws GraphQLError LIMIT_EXCEEDED */
export function refuseLarger(limit: string, max: number, found?: number): never {
  throw requestError(limitExceeded(limit, max, found))
}

/** Documents that are within these limits, so that each is measured once. */
const measured = new WeakMap<DocumentNode, DocumentLimits>()

/**
 * Refuses a parsed document that is too large in any measure.
 * @throws GraphQLError LIMIT_EXCEEDED, or BAD_USER_INPUT for a fragment that contains itself
 */
export function assertWithin(document: DocumentNode, limits: DocumentLimits = limitsDefault): void {
  if (measured.get(document) === limits) return
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
 */
export function assertText(source: string, limits: DocumentLimits = limitsDefault): void {
  if (source.length > limits.characters) refuseLarger('characters', limits.characters, source.length)
  if (linesOf(source) > limits.lines) refuseLarger('lines', limits.lines)
  if (isNestedDeeper(source, limits.nesting)) refuseLarger('nesting', limits.nesting)
}

const tooManyTokens = /contains more tha[nt] \d+ tokens/

/** Whether parsing ended because of `maxTokens`, which graphql-js reports as a syntax error. */
export function isTooManyTokens(error: unknown): boolean {
  return error instanceof GraphQLError && tooManyTokens.test(error.message)
}

/**
 * Parses a document and refuses it when it is too large.
 * @throws GraphQLError LIMIT_EXCEEDED, BAD_USER_INPUT for a fragment that contains itself, or graphql-js's own for a
 * syntax error
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

/**
 * The same limits as a validation rule. They are checked when validation enters the document, before any field is
 * compared.
 */
export function limitRule(limits: DocumentLimits = limitsDefault): ValidationRule {
  return () => ({
    Document: (document) => assertWithin(document, limits),
  })
}
