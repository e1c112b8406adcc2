/** Prose and names of TypeScript and JavaScript. */
import jsTokens from 'js-tokens'
import { blank, code, identifiers, keep, type Piece, prose, spaces } from './pieces.ts'

interface Token {
  readonly type: string
  readonly value: string
}

const comments = new Set(['SingleLineComment', 'MultiLineComment'])
const strings = new Set(['StringLiteral', 'NoSubstitutionTemplate', 'TemplateHead', 'TemplateMiddle', 'TemplateTail'])
const names = new Set(['IdentifierName', 'PrivateIdentifier'])
const gaps = new Set([...comments, 'WhiteSpace', 'LineTerminatorSequence'])

/** Messages and titles of tests are sentences. A string of one word is a value of a protocol or of test data. */
function isSentence(value: string): boolean {
  return /[a-z] [a-z]/i.test(value)
}

/** The next token from `at` in this direction that is neither a comment nor white space. */
function near(tokens: readonly Token[], at: number, step: 1 | -1): string | undefined {
  let next = at + step
  while (gaps.has(tokens[next]?.type ?? '')) next += step
  return tokens[next]?.value
}

/** A quoted key of an object or of a type is a name, also when it has one word. */
function isKey(tokens: readonly Token[], at: number): boolean {
  if (tokens[at]?.type !== 'StringLiteral' || ![':', '?'].includes(near(tokens, at, 1) ?? '')) return false
  return ['{', ',', 'readonly'].includes(near(tokens, at, -1) ?? '')
}

/** The kind of a string: a sentence is prose, a key is a name, and any other value is neither. */
function kindOf(tokens: readonly Token[], at: number): Piece['kind'] | undefined {
  const { type = '', value = '' } = tokens[at] ?? {}
  if (names.has(type)) return 'names'
  if (!strings.has(type)) return undefined
  if (isSentence(value)) return 'prose'
  return isKey(tokens, at) ? 'names' : undefined
}

/**
 * Comments are one text, so that a phrase is found across lines. Code in a comment is names.
 * A string is a text of its own.
 */
export function script(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  const tokens = [...jsTokens(text)]
  let [written, line] = ['', 1]
  for (const [at, { type, value }] of tokens.entries()) {
    const kind = kindOf(tokens, at)
    if (kind) pieces.push({ kind, line, text: value })
    if (comments.has(type)) pieces.push(...identifiers(keep(value, code), line))
    written += comments.has(type) ? blank(value, code) : spaces(value)
    line += value.split('\n').length - 1
  }
  return [prose(written), ...pieces]
}
