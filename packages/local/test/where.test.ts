/** `docs/where.md`: each question names the only source file that contains its answer. */
import { describe, expect, it } from 'vitest'
import { linesOf, questionsIn, readPage, renamedPage, rowsIn, sources } from '../scripts/questions.ts'

const questions = questionsIn(readPage())
const paths = sources()

describe('docs/where.md', () => {
  it('has at least thirty questions, on each topic, none twice', () => {
    expect(questions.length).toBeGreaterThanOrEqual(30)
    expect(questions.length).toBe(rowsIn(readPage()))
    expect(new Set(questions.map(({ question }) => question)).size).toBe(questions.length)
    expect([...new Set(questions.map(({ topic }) => topic))]).toEqual([
      'Fields and rules',
      'Limits',
      'Error codes',
      'Table keys',
      'Routes',
      'Settings',
    ])
  })

  it.each(questions)('$question $file', ({ file, text }) => {
    expect([...new Set(linesOf(text, paths).map((found) => found.file))]).toEqual([file])
  })
})

describe('a question', () => {
  const page =
    '## Limits\n\n| question | file | text |\n| --- | --- | --- |\n| Where is `a`, or b? | `x.ts` | `a: [1, 2]` |\n'

  it('is read with its topic, file and text', () => {
    expect(questionsIn(page)).toEqual([
      { topic: 'Limits', question: 'Where is `a`, or b?', file: 'x.ts', text: 'a: [1, 2]' },
    ])
  })

  it('that can not be read is noticed', () => {
    const spoilt = page.replace('`x.ts`', 'x.ts')
    expect([questionsIn(spoilt).length, rowsIn(spoilt)]).toEqual([0, 1])
  })

  it('is not answered by a test, a document or a generated file', () => {
    expect(paths.filter((path) => /\/(test|docs|generated)\//.test(path))).toEqual([])
    expect(linesOf('no file contains this text, not even this one')).toEqual([])
  })

  it('gets the name of its file again after a move, unless the answer is in no file or in several', () => {
    const at = (...files: string[]) => renamedPage(page, () => files.map((file) => ({ file, line: 1 })))
    expect(questionsIn(at('y.ts', 'y.ts'))).toEqual([{ ...questionsIn(page)[0], file: 'y.ts' }])
    expect(at()).toBe(page)
    expect(at('y.ts', 'z.ts')).toBe(page)
  })
})
