/** How often the names of the tree alone lead to the file that answers a question of `docs/where.md`. */
import { describe, expect, it } from 'vitest'
import { hitsOf, hitsText, openedFirst } from '../scripts/hits.ts'
import { questionsIn, readPage, sources } from '../scripts/questions.ts'
import { questionWords, rankPaths } from '../scripts/rank-paths.ts'

/** Raised when names improve; a rename that loses a hit fails. */
const floor = 39

const tree = ['packages/a/src/notes/note-limits.ts', 'packages/a/src/notes/tags.ts', 'packages/b/src/note.ts']

function first(question: string, paths: readonly string[] = tree): string | undefined {
  return rankPaths(question, paths, {})[0]?.path
}

describe('the names of the tree', () => {
  const questions = questionsIn(readPage())

  it('lead to the right file at once as often as before', () => {
    expect(hitsOf(openedFirst(questions, sources()))).toBeGreaterThanOrEqual(floor)
  })

  it('lead nowhere when they are numbers', () => {
    const numbered = sources().map((_, index) => `packages/${index}.ts`)
    expect(openedFirst(questions, numbered).filter(({ opened }) => opened !== undefined)).toEqual([])
  })

  it('are shown with the words that are added to a question, and with the hits without them', () => {
    const text = hitsText(questions, sources())
    expect(text).toMatch(/^Words that are added to a question: who → rules; /)
    expect(text).toMatch(/\n\d+ of \d+ questions open the right file first; \d+ without added words\n$/)
  })
})

describe('rankPaths', () => {
  it.each([
    ['a word in the name of the file before one in the name of a folder', 'What is a note?', 'packages/b/src/note.ts'],
    ['a rarer word before a common one', 'What are tags of a note?', 'packages/a/src/notes/tags.ts'],
    ['plurals as one word', 'Is there a limit?', 'packages/a/src/notes/note-limits.ts'],
  ])('counts %s', (_name, question, path) => {
    expect(first(question)).toBe(path)
  })

  it('gives 0 to a question without a word of the tree', () => {
    expect(rankPaths('Who?', tree, {}).map(({ score }) => score)).toEqual([0, 0, 0])
  })

  it('does not depend on the order of the paths', () => {
    expect(first('What is there?', [...tree].reverse())).toBe(first('What is there?'))
  })
})

describe('questionWords', () => {
  it('splits names, drops stop words, and adds words to those that a row names', () => {
    expect(questionWords('Where is `Note.viewerCan` for GraphiQL?', { viewer: ['abilities'] })).toEqual([
      'not',
      'viewer',
      'ability',
      'graphiql',
    ])
  })
})
