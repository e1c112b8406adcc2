/**
 * Which file a reader of the tree opens first for each question of `docs/where.md`, and whether it is the right one.
 */
import { fieldWords } from './field-words.ts'
import type { Question } from './questions.ts'
import { type AddedWords, rankPaths } from './rank-paths.ts'

/** The file that is opened first; undefined when no name has a word of the question. */
export interface Opened {
  readonly question: string
  readonly right: string
  readonly opened: string | undefined
}

/** The first path of the ranking for each question. */
export function openedFirst(
  questions: readonly Pick<Question, 'question' | 'file'>[],
  paths: readonly string[],
  added: AddedWords = fieldWords,
): readonly Opened[] {
  return questions.map(({ question, file }) => {
    const [first] = rankPaths(question, paths, added)
    return { question, right: file, opened: first && first.score > 0 ? first.path : undefined }
  })
}

/** How many questions open the right file first. */
export function hitsOf(opened: readonly Opened[]): number {
  return opened.filter((row) => row.opened === row.right).length
}

/**
 * The text of `npm run where -- --hits`: the added words, a row for each question, and the hits with and without them.
 */
export function hitsText(questions: readonly Question[], paths: readonly string[]): string {
  const opened = openedFirst(questions, paths)
  const rows = opened.map(({ question, right, opened: first = 'no file' }) =>
    first === right ? `hit   ${question}\n      ${first}` : `miss  ${question}\n      ${first}, not ${right}`,
  )
  const words = Object.entries(fieldWords).map(([word, added]) => `${word} → ${added.join(', ')}`)
  const without = hitsOf(openedFirst(questions, paths, {}))
  return [
    `Words that are added to a question: ${words.join('; ')}`,
    ...rows,
    `${hitsOf(opened)} of ${questions.length} questions open the right file first; ${without} without added words\n`,
  ].join('\n')
}
