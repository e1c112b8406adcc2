/** How often a reader of the paths alone opened the file that answers a question of `docs/where.md`. */
import { describe, expect, it } from 'vitest'
import { hitsOf, hitsText, openedFirst, reading } from '../scripts/hits.ts'
import { questionsIn, readPage } from '../scripts/questions.ts'

const page = '| Where is a? | `packages/a.ts` |\n| Where is `b`? | `packages/b.ts` |\n'
const questions = [
  { question: 'Where is a?', file: 'packages/a.ts', topic: '', text: '' },
  { question: 'Where is `b`?', file: 'packages/c.ts', topic: '', text: '' },
  { question: 'Where is d?', file: 'packages/d.ts', topic: '', text: '' },
]

describe('the recorded reading', () => {
  const opened = openedFirst(questionsIn(readPage()), reading)

  it('has an answer to each question, so that a new question is read too', () => {
    expect(opened.filter((row) => row.opened === undefined)).toEqual([])
  })

  it('has the right file for four questions of five: a rename that loses them needs a new reading', () => {
    expect(hitsOf(opened) / opened.length).toBeGreaterThanOrEqual(0.8)
  })
})

describe('npm run where -- --hits', () => {
  it('prints hits, misses and questions that were not read', () => {
    expect(hitsText(questions, page)).toBe(
      [
        'hit   Where is a?\n      packages/a.ts',
        'miss  Where is `b`?\n      packages/b.ts, not packages/c.ts',
        'miss  Where is d?\n      not read, not packages/d.ts',
        '1 of 3 questions opened the right file first\n',
      ].join('\n'),
    )
  })
})
