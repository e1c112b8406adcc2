/** The questions of `docs/where.md`, and the sources in which their answers are found. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../..')

/** Path of the page. */
export const page = join(root, 'docs/where.md')

/** A row of the page: a question, the file to open first, and the text in that file that answers it. */
export interface Question {
  readonly topic: string
  readonly question: string
  readonly file: string
  readonly text: string
}

/** A line of a source file; `line` starts at 1. */
export interface Line {
  readonly file: string
  readonly line: number
}

/** The questions of a page, in its order. A topic is the heading above a table. */
export function questionsIn(markdown: string): readonly Question[] {
  const sections = markdown.split(/^## /m).slice(1)
  return sections.flatMap((section) => {
    const [topic = ''] = section.split('\n')
    return [...section.matchAll(/^\| ([^|`]*(?:`[^`]*`[^|`]*)*\?) *\| `([^`]+)` *\| `([^`]+)` *\|$/gm)].map(
      ([, question = '', file = '', text = '']) => ({ topic, question, file, text }),
    )
  })
}

/** All rows of tables of a page that are not headings: a row that is no question is a mistake. */
export function rowsIn(markdown: string): number {
  return markdown.split('\n').filter((line) => /^\| (?!-)(?!question )/.test(line)).length
}

/**
 * Paths of the product's sources, relative to the root: neither tests nor generated files, nor packages that only test
 * or measure.
 */
export function sources(): readonly string[] {
  const patterns = ['packages/{core,identity,policy,table,api,local}/src/**/*.{ts,js,graphql}', 'infra/*.ts']
  return globSync(patterns, { cwd: root }).filter((path) => !path.includes('/generated/'))
}

/** Every line of `paths` that contains `text`. */
export function linesOf(text: string, paths: readonly string[] = sources()): readonly Line[] {
  return paths.flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, index) => (line.includes(text) ? [{ file, line: index + 1 }] : [])),
  )
}

/** The page. */
export function readPage(): string {
  return readFileSync(page, 'utf8')
}

/** The page with the files that contain the answers now. A text that is in no file, or in several, keeps its row. */
export function renamedPage(markdown: string, find: (text: string) => readonly Line[]): string {
  return questionsIn(markdown).reduce(
    (written, { file, text }) => {
      const files = new Set(find(text).map((found) => found.file))
      const [found = file] = files
      return files.size === 1
        ? written.replace(`\`${file}\` | \`${text}\``, () => `\`${found}\` | \`${text}\``)
        : written
    },
    markdown.replace(/ +\|/g, ' |'),
  )
}
