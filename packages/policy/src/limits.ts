/** What an operation may be, decided before anything compares, validates or executes it. */
import { AppError } from '@fieldnotes/core/error'
import { type DocumentNode, GraphQLError, parse, type ValidationRule } from 'graphql'
import { createLru } from './lru.ts'
import { type Measures, measure } from './measure.ts'

/** The largest that each measure may be. `characters` and `tokens` are counted before and while parsing. */
export type Limits = { readonly [Name in keyof Measures | 'characters' | 'tokens']: number }

/** Room for a page that asks for everything, and for the introspection query. */
export const limitsDefault: Limits = {
  characters: 50_000,
  tokens: 2000,
  depth: 15,
  breadth: 100,
  fields: 500,
  aliases: 30,
  duplicates: 20,
  rootFields: 20,
  mutations: 10,
  directives: 20,
}

/** The error of a document or cost beyond a limit. HTTP 400: waiting does not help. */
export const limitExceeded = (limit: string, max: number, found?: number): AppError =>
  new AppError('LIMIT_EXCEEDED', `${limit}: ${found ?? 'more'} > ${max}`, {
    message: `The operation is too large: ${limit} may be ${max} at most.`,
    extensions: { limit, max, status: 400 },
  })

/**
 * Refuses a parsed document that is too large in any measure.
 * @throws LIMIT_EXCEEDED, or BAD_USER_INPUT for a fragment that contains itself
 */
export const assertWithin = (document: DocumentNode, limits: Limits = limitsDefault): void => {
  const measures = measure(document)
  for (const [name, found] of Object.entries(measures) as [keyof Measures, number][])
    if (found > limits[name]) throw limitExceeded(name, limits[name], found)
}

const tooManyTokens = /contains more tha[nt] \d+ tokens/

/**
 * Parses a document and refuses it when it is too large.
 * @throws LIMIT_EXCEEDED, BAD_USER_INPUT, or graphql's own GraphQLError for a syntax error
 */
export const parseWithin = (source: string, limits: Limits = limitsDefault): DocumentNode => {
  if (source.length > limits.characters) throw limitExceeded('characters', limits.characters, source.length)
  try {
    const document = parse(source, { maxTokens: limits.tokens })
    assertWithin(document, limits)
    return document
  } catch (error) {
    if (error instanceof GraphQLError && tooManyTokens.test(error.message)) throw limitExceeded('tokens', limits.tokens)
    throw error
  }
}

/** Characters of a document. A longer one is measured each time, and not kept. */
const rememberedMax = 10_000

export interface GateOptions {
  readonly limits?: Limits
  /** How many accepted documents are remembered; 1,000 unless told. */
  readonly documentsMax?: number
}

/** Takes the text of a document; throws LIMIT_EXCEEDED or BAD_USER_INPUT. */
export type Gate = (source: string) => void

/**
 * A gate in front of a server that parses for itself. It leaves syntax errors to the server, and knows a document that
 * it has let pass.
 */
export const createGate = ({ limits = limitsDefault, documentsMax = 1000 }: GateOptions = {}): Gate => {
  const passed = createLru<string, true>(documentsMax)
  const pass = (source: string): true => {
    parseWithin(source, limits)
    return true
  }
  return (source) => {
    try {
      if (source.length > rememberedMax) pass(source)
      else passed.get(source, () => pass(source))
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error
    }
  }
}

/** The same limits for a server that takes validation rules. They are judged when validation enters the document, before any field is compared. */
export const limitRule =
  (limits: Limits = limitsDefault): ValidationRule =>
  () => ({
    Document: (document) => assertWithin(document, limits),
  })
