/**
 * How often a reader who saw the paths of the sources alone opened the right file first. `docs/where-reading.md`
 * records the answers of such a reader: a program that ranks paths would show what the program knows.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Question } from './questions.ts'

/** The recorded reading. */
export const reading: string = readFileSync(join(import.meta.dirname, '../../../docs/where-reading.md'), 'utf8')

/** The file that a reader opens first; undefined for a question that is not in the reading. */
export interface Opened {
  readonly question: string
  readonly right: string
  readonly opened: string | undefined
}

/** Question → the file that the reader named. */
function recorded(markdown: string): ReadonlyMap<string, string> {
  const rows = markdown.matchAll(/^\| ([^|`]*(?:`[^`]*`[^|`]*)*\?) *\| `([^`]+)` *\|$/gm)
  return new Map([...rows].map(([, question = '', file = '']) => [question, file]))
}

/** The reader's answer to each question. */
export function openedFirst(questions: readonly Pick<Question, 'question' | 'file'>[], markdown: string): Opened[] {
  const answers = recorded(markdown)
  return questions.map(({ question, file }) => ({ question, right: file, opened: answers.get(question) }))
}

/** Number of questions for which the right file was opened first. */
export function hitsOf(opened: readonly Opened[]): number {
  return opened.filter((row) => row.opened === row.right).length
}

/** The text of `npm run where -- --hits`: a row for each question, and the number of hits. */
export function hitsText(questions: readonly Question[], markdown: string = reading): string {
  const opened = openedFirst(questions, markdown)
  const rows = opened.map(({ question, right, opened: first = 'not read' }) =>
    first === right ? `hit   ${question}\n      ${first}` : `miss  ${question}\n      ${first}, not ${right}`,
  )
  return [...rows, `${hitsOf(opened)} of ${questions.length} questions opened the right file first\n`].join('\n')
}
