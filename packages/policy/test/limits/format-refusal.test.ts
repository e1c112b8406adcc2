import { GraphQLError, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { assertText } from '../../src/limits/document-limits.ts'
import { formatRefusal } from '../../src/limits/format-refusal.ts'

function thrown(act: () => unknown): GraphQLError {
  try {
    act()
  } catch (error) {
    return error as GraphQLError
  }
  throw new Error('nothing was thrown')
}

describe('the format of an error in Apollo Server', () => {
  it('gives a limit its code, and keeps what Apollo added', () => {
    const limit = thrown(() => assertText('x'.repeat(50_001)))
    const wrapped = new GraphQLError(limit.message, { originalError: limit })
    const formatted = { message: limit.message, extensions: { code: 'GRAPHQL_VALIDATION_FAILED', stacktrace: ['a'] } }
    expect(formatRefusal(formatted, wrapped)).toEqual({
      message: limit.message,
      extensions: { code: 'LIMIT_EXCEEDED', limit: 'characters', max: 50_000, stacktrace: ['a'] },
    })
  })

  it('names the configured number of tokens', () => {
    const error = thrown(() => parse('{ a b }', { maxTokens: 3 }))
    const formatted = { message: error.message, locations: [{ line: 1, column: 5 }] }
    expect(formatRefusal(formatted, error)).toEqual({
      message: 'The operation is too large: tokens may be 3 at most.',
      locations: formatted.locations,
      extensions: { code: 'LIMIT_EXCEEDED', limit: 'tokens', max: 3 },
    })
  })

  it.each([thrown(() => parse('{ a')), new GraphQLError('of a resolver'), new Error('of a plugin'), 'text', undefined])(
    'leaves an error of another origin: %s',
    (error) => {
      const formatted = { message: 'formatted', extensions: { code: 'ANY' } }
      expect(formatRefusal(formatted, error)).toBe(formatted)
    },
  )
})
