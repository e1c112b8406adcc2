import { describe, expect, it } from 'vitest'
import { isMutation, mutationByGet } from '../../src/http/mutation-by-get.ts'

function body(query: unknown, operationName?: unknown) {
  return { query, operationName, variables: undefined, extensions: undefined }
}

const both = 'query A { a } mutation B { b }'

describe('isMutation', () => {
  it.each([
    ['the only operation', body('mutation { a }'), true],
    ['the named operation', body(both, 'B'), true],
    ['the only operation, whose name is no text', body('mutation { a }', 1), true],
    ['a query', body('query { a }'), false],
    ['a subscription', body('subscription { a }'), false],
    ['the other of two operations', body(both, 'A'), false],
    ['none of two operations', body(both), false],
    ['an operation that the document lacks', body(both, 'C'), false],
    ['a text that is no document', body('mutation {'), false],
    ['a document beyond a limit', body(`mutation { ${'a '.repeat(2_000)} }`), false],
    ['no text', body(undefined), false],
    ['a list', body(['mutation { a }']), false],
  ])('of %s', (_, given, expected) => expect(isMutation(given)).toBe(expected))
})

describe('the refusal of a mutation by GET', () => {
  it('is 405 and says what to do', () => {
    expect(mutationByGet).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: 'Send a mutation by POST.',
      reason: 'mutation by GET',
      extensions: { status: 405 },
    })
  })
})
