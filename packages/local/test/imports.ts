/** The imports of the packages' sources, read from their tokens: comments, line breaks and templates hide none. */
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import jsTokens from 'js-tokens'

/** The root of the repository. */
export const root = new URL('../../../', import.meta.url)

/** One import or re-export. */
export interface Import {
  /** Path of the importing file below `packages/`. */
  readonly file: string
  /** Package of the importing file. */
  readonly from: string
  /** The specifier; `unreadable` when only running the code could give it. */
  readonly to: string
  readonly onlyTypes: boolean
}

/** In place of a specifier that is computed or has an escape. */
export const unreadable = '(computed)'

/** A token of a script. */
export interface Token {
  readonly type: string
  readonly value: string
}

/** Each import of a file with this text, dynamic ones and calls of `require` included. */
export function importsOf(file: string, text: string): readonly Import[] {
  const tokens = tokensOf(text)
  return tokens.flatMap((_token, at) => {
    const found = importAt(tokens, at)
    return found ? [{ file, from: file.split('/')[0] ?? '', ...found }] : []
  })
}

const silent = new Set(['WhiteSpace', 'LineTerminatorSequence', 'SingleLineComment', 'MultiLineComment'])

/** The tokens of a text, without comments and white space. */
export function tokensOf(text: string): readonly Token[] {
  return [...jsTokens(text)].filter(({ type }) => !silent.has(type))
}

type Found = Pick<Import, 'to' | 'onlyTypes'>

function importAt(tokens: readonly Token[], at: number): Found | undefined {
  const [before, { type, value } = none, next = none] = [tokens[at - 1], tokens[at], tokens[at + 1]]
  if (type !== 'IdentifierName' || before?.value === '.' || before?.value === '?.') return undefined
  if ((value === 'import' || value === 'require') && next.value === '(') return callOf(tokens, at + 2)
  if (value === 'import') return isString(next) ? { to: specifierOf(next), onlyTypes: false } : clauseOf(tokens, at)
  return value === 'export' ? clauseOf(tokens, at) : undefined
}

const none: Token = { type: 'none', value: '' }

/** A specifier is read only when it is the whole first argument. */
function callOf(tokens: readonly Token[], at: number): Found {
  const [specifier = none, end = none] = [tokens[at], tokens[at + 1]]
  const isWhole = isString(specifier) && [')', ','].includes(end.value)
  return { to: isWhole ? specifierOf(specifier) : unreadable, onlyTypes: false }
}

/** What may be between `import` or `export` and `from`: names, `*`, and names or strings in braces. */
const inClause = new Set(['IdentifierName', 'StringLiteral'])
const marks = new Set(['{', '}', ',', '*'])

function clauseOf(tokens: readonly Token[], at: number): Found | undefined {
  let end = at + 1
  while (isInClause(tokens[end]) && !isFrom(tokens, end)) end += 1
  const specifier = tokens[end + 1]
  if (!specifier || !isFrom(tokens, end)) return undefined
  return { to: specifierOf(specifier), onlyTypes: isOfTypes(tokens.slice(at + 1, end)) }
}

/** `type` is a name in `import type from` and `import type, { A } from`. */
function isOfTypes([first, second]: readonly Token[]): boolean {
  return first?.value === 'type' && second !== undefined && second.value !== ','
}

function isInClause({ type, value }: Token = none): boolean {
  return inClause.has(type) || marks.has(value)
}

function isFrom(tokens: readonly Token[], at: number): boolean {
  return tokens[at]?.value === 'from' && isString(tokens[at + 1] ?? none)
}

function isString({ type }: Token): boolean {
  return type === 'StringLiteral' || type === 'NoSubstitutionTemplate'
}

function specifierOf({ value }: Token): string {
  return value.includes('\\') ? unreadable : value.slice(1, -1)
}

/** Paths that match, relative to the root of the repository. */
export function filesAt(pattern: string): readonly string[] {
  return globSync(pattern, { cwd: fileURLToPath(root) })
}

/** Text of a file of the repository. */
export function textOf(path: string): string {
  return readFileSync(new URL(path, root), 'utf8')
}

/** Path below `packages/` that a relative import points to. */
export function targetOf({ file, to }: Import): string {
  return new URL(to, `file:///${file}`).pathname.slice(1)
}
