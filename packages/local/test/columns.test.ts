/** Prose in documents and comments has at most 120 columns. Code, tables and what can not be broken may be longer. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import jsTokens from 'js-tokens'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const columnsMax = 120

type Reader = (text: string) => string

const readers: Readonly<Record<string, Reader>> = {
  '.md': proseOf,
  '.ts': commentsOf,
  '.js': commentsOf,
  '.mjs': commentsOf,
  '.graphql': (text) => text,
  '.yaml': (text) => text.replace(/^(?!\s*#).*$/gm, ''),
}

/** Written by a command, and read line by line: entries of the decision log are one line each. */
const written = /(^|\/)(generated\/|(MATRIX|RESULTS)\.md$|pnpm-lock)/

function blank(text: string): string {
  return text.replace(/[^\n]/g, '')
}

/** Code and targets of links have no space at which a line can be broken. */
function proseOf(text: string): string {
  return text
    .replace(/^([ \t]*)(`{3,}|~{3,}).*\n[\s\S]*?^\1\2[ \t]*$/gm, blank)
    .replace(/^(\||#|!\[|- \[\d{4}\]\().*$/gm, '')
    .replace(/`[^`]*`|\]\([^)]*\)/g, (unbroken) => unbroken.replaceAll(' ', '_'))
}

function commentsOf(text: string): string {
  const kept = [...jsTokens(text)].map(({ type, value }) =>
    type.endsWith('Comment') ? value : value.replace(/\S/g, ' '),
  )
  return kept.join('')
}

/** Numbers of the lines that are too long and have a space before the last column. */
function longLines(file: string, text: string): readonly string[] {
  const lines = (readers[extname(file)]?.(text) ?? '').split('\n')
  return lines.flatMap((line, at) => {
    const start = /^\s*(?:[-*]|\d+\.|\/\/|\/?\*+|#)?\s*/.exec(line)?.[0].length ?? 0
    const isLong = line.trimEnd().length > columnsMax && line.slice(start, columnsMax + 1).includes(' ')
    return isLong ? [`${file}:${at + 1}`] : []
  })
}

const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
const files = listed.split('\n').filter((file) => file !== '' && !written.test(file) && existsSync(join(root, file)))

describe('prose of at most 120 columns', () => {
  it('is in all documents and comments', () => {
    expect(files.length).toBeGreaterThan(900)
    expect(files.flatMap((file) => longLines(file, readFileSync(join(root, file), 'utf8')))).toEqual([])
  })

  const long = `${'word '.repeat(23)}and more`

  it.each([
    ['a paragraph', 'README.md', `A title\n\n${long}\n`],
    ['an item of a list', 'README.md', `One:\n\n- ${long}\n`],
    ['a paragraph with a link', 'README.md', `\n\n[${'word '.repeat(5)}](${'a'.repeat(110)})\n`],
    ['a line comment', 'x.ts', `const a = 1\n\n// ${long}\n`],
    ['a documentation comment', 'x.ts', `const a = 1\n/**\n * ${long}\n */\n`],
    ['a comment behind code', 'x.mjs', `\n\nconst a = 1 // ${long}\n`],
    ['a description of the schema', 'x.graphql', `"""\n\n${long}\n"""\n`],
    ['a comment of YAML', 'x.yaml', `a: 1\n\n# ${long}\n`],
  ])('is needed in %s', (_where, file, text) => {
    expect(longLines(file, text)).toEqual([`${file}:3`])
    expect(longLines(file, text.replaceAll('word ', ''))).toEqual([])
  })

  it.each([
    ['a table', 'README.md', `| ${long} |\n`],
    ['a heading', 'README.md', `# ${long}\n`],
    ['a program in a document', 'README.md', `\`\`\`sh\n${long}\n\`\`\`\n`],
    ['one span of code', 'README.md', `1. \`${long}\`\n`],
    ['a string', 'x.ts', `const a = '${long}'\n`],
    ['an address', 'x.ts', `// https://example.com/${'a'.repeat(120)}\n`],
    ['a value of YAML', 'x.yaml', `a: ${long}\n`],
  ])('is not needed in %s', (_where, file, text) => {
    expect(longLines(file, text)).toEqual([])
  })
})
