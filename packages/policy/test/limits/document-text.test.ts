/** Limits on the text of a document, before it is parsed. */
import fc from 'fast-check'
import { Lexer, Source, TokenKind } from 'graphql'
import { describe, expect, it } from 'vitest'
import { assertText, limitsDefault } from '../../src/limits/document-limits.ts'
import { nested, refusal } from './large-documents.ts'

/** The deepest brackets that graphql-js's own lexer meets, and whether all of the text are tokens. */
function lexed(source: string): { deepest: number; whole: boolean } {
  const lexer = new Lexer(new Source(source))
  const step: Record<string, number> = { '{': 1, '[': 1, '(': 1, '}': -1, ']': -1, ')': -1 }
  let depth = 0
  let deepest = 0
  try {
    while (lexer.advance().kind !== TokenKind.EOF) {
      depth += step[lexer.token.kind] ?? 0
      deepest = Math.max(deepest, depth)
    }
    return { deepest, whole: true }
  } catch {
    return { deepest, whole: false }
  }
}

describe('the text of a document', () => {
  it('is refused by its size and its nesting alone', () => {
    expect(refusal(() => assertText(`{ ${nested(40, 'a')} }`))).toBe('accepted')
    expect(refusal(() => assertText('{'.repeat(101)))).toMatchObject({ limit: 'nesting' })
    expect(refusal(() => assertText(' '.repeat(50_001)))).toMatchObject({ limit: 'characters' })
  })

  it('is left to the parser when it is no document', () => {
    for (const source of ['{ a ', '"', '"""', '"\\', '}}}', ''])
      expect(refusal(() => assertText(source))).toBe('accepted')
  })

  const piece = fc.constantFrom(
    '{',
    '[',
    '(',
    '}',
    ']',
    ')',
    '"',
    '"""',
    '\\',
    '\\"',
    '\\"""',
    '#',
    '\n',
    'a',
    '"{"',
    '"""["""',
  )
  const brackets = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''))
  it('is nested as deep as its tokens, and never less where a part is no token', () => {
    const seen = { whole: 0, broken: 0 }
    const within = (source: string, nesting: number) => refusal(() => assertText(source, { ...limitsDefault, nesting }))
    fc.assert(
      fc.property(brackets, (source) => {
        const { deepest, whole } = lexed(source)
        if (whole) expect(within(source, deepest)).toBe('accepted')
        if (deepest > 0) expect(within(source, deepest - 1)).toMatchObject({ limit: 'nesting' })
        seen[whole ? 'whole' : 'broken'] += 1
      }),
      { numRuns: 3000 },
    )
    expect(Math.min(seen.whole, seen.broken)).toBeGreaterThan(100)
  })
})
