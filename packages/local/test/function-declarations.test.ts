/** Named functions at the top level of a file are declarations: stack traces and readers find them in any order. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type Token, tokensOf } from './imports.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const opening = new Set(['(', '[', '{', '${'])
const closing = new Set([')', ']', '}'])

/** A `let` is state, also when its values are functions. */
const variable = new Set(['const', 'var'])
/** Words that begin the next statement, where the one before it has no semicolon. */
const statement = new Set([
  ...variable,
  'let',
  'export',
  'import',
  'function',
  'async',
  'class',
  'interface',
  'type',
  'for',
])

/** The change of nesting at a token. A template opens with its head and closes with its tail. */
function nesting({ type, value }: Token): number {
  if (type === 'TemplateHead' || opening.has(value)) return 1
  return type === 'TemplateTail' || closing.has(value) ? -1 : 0
}

/** Index of the token behind the bracket that opens at `at`. */
function behind(tokens: readonly Token[], at: number): number {
  let [depth, end] = [0, at]
  do {
    const token = tokens[end]
    if (!token) return end
    depth += nesting(token)
    end += 1
  } while (depth > 0)
  return end
}

/** Whether a function expression or an arrow starts here. */
function isFunction(tokens: readonly Token[], start: number): boolean {
  const at = tokens[start]?.value === 'async' ? start + 1 : start
  const [first, second] = [tokens[at]?.value, tokens[at + 1]?.value]
  if (first === 'function' || first === '<' || second === '=>') return true
  return first === '(' && ['=>', ':'].includes(tokens[behind(tokens, at)]?.value ?? '')
}

/** Names of the functions of a file that are values of a variable at the top level. */
function functionVariables(text: string): readonly string[] {
  const tokens = tokensOf(text)
  const found: string[] = []
  for (let [at, depth] = [0, 0]; at < tokens.length; at += 1) {
    const token = tokens[at] as Token
    depth += nesting(token)
    if (depth !== 0 || !variable.has(token.value) || tokens[at - 1]?.value === 'as') continue
    const value = valueAt(tokens, at + 1)
    if (value !== undefined && isFunction(tokens, value)) found.push(tokens[at + 1]?.value ?? '')
  }
  return found
}

/** Index behind the `=` of a variable, whose type may have brackets; undefined for a variable without a value. */
function valueAt(tokens: readonly Token[], name: number): number | undefined {
  if (tokens[name]?.type !== 'IdentifierName') return undefined
  let at = name + 1
  while (tokens[at]?.value !== '=') {
    const token = tokens[at]
    if (!token || statement.has(token.value)) return undefined
    at = nesting(token) > 0 ? behind(tokens, at) : at + 1
  }
  return at + 1
}

const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts', '*.mjs', '*.js'], {
  cwd: root,
  encoding: 'utf8',
})
const files = listed
  .split('\n')
  .filter((file) => file !== '' && !/\/generated\/|\.d\.ts$/.test(file) && existsSync(join(root, file)))

describe('a named function at the top level', () => {
  it('is a declaration in every file', () => {
    const found = files.flatMap((file) =>
      functionVariables(readFileSync(join(root, file), 'utf8')).map((name) => `${file} ${name}`),
    )
    expect(files.length).toBeGreaterThan(700)
    expect(found).toEqual([])
  })

  it.each([
    'const f = () => 1',
    'export const f = async (a: number) => a',
    'const f = a => a',
    'const f = <T>(a: T) => a',
    'const f = (a: { b: () => void }): number => 1',
    'const f: (a: number) => number = (a) => a',
    'const f: Handler<{ a: 1 }> = async ({ a }) => a',
    'const f = function () {}',
    'const f = async function () {}',
    'const a = `\x24{1}`\nconst f = () => 1',
    'const a = { b: 1 }\nconst f = (a = { b: 1 }) => a',
  ])('is seen in: %s', (text) => {
    expect(functionVariables(text)).toEqual(['f'])
  })

  it.each([
    'function f() { const g = () => 1 }',
    'const f = wrap((a) => a)',
    'const f = { g: () => 1 }',
    'const f = [() => 1]',
    'const f = (a ? b : c) ?? d',
    'const f = (a + b) * c',
    'const f = a ? () => 1 : () => 2',
    'const f = `\x24{(() => 1)()}`',
    'const { f = () => 1 } = a',
    'let f = () => 1',
    'let a: A\nlet b: B | undefined\nbeforeAll(() => {})\nfunction f() {}\nconst c = 1',
    'const a = [1] as const\nfunction f(): void {}\nconst b = 1',
    'type F = () => void',
    '// const f = () => 1',
  ])('is not seen in: %s', (text) => {
    expect(functionVariables(text)).toEqual([])
  })
})
