import { buildSchema, parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { redactMessage } from '../../src/errors/redact-message.ts'

const schema = buildSchema(`
  enum Color { RED }
  input In { n: Int!, c: Color, s: String }
  type Query { f(i: In, n: Int, c: Color, s: String, b: Boolean, id: ID): Int }
`)

const secret = 'hunter2'

function messagesOf(query: string): string[] {
  return validate(schema, parse(query)).map((error) => error.message)
}

const attempts: readonly [string, string][] = [
  ['a literal of the wrong type', `{ f(n: "${secret}") }`],
  ['a literal that is no boolean', `{ f(b: "${secret}") }`],
  ['a literal that is no string', `{ f(s: ${secret}) }`],
  ['an unknown enum value', `{ f(c: ${secret}) }`],
  ['an enum value in quotes', `{ f(c: "${secret}") }`],
  ['an object where a scalar is expected', `{ f(n: { ${secret}: 1 }) }`],
]

describe('redactMessage', () => {
  it.each(attempts)('says nothing of %s', (_name, query) => {
    const messages = messagesOf(query)
    expect(messages).not.toEqual([])
    expect(messages.join()).toContain(secret)
    for (const message of messages) expect(redactMessage(message)).not.toContain(secret)
  })

  it('keeps the names of the schema, without suggestions', () => {
    expect(redactMessage('Cannot query field "titel" on type "Note". Did you mean "title"?')).toBe(
      'Cannot query field "titel" on type "Note".',
    )
  })

  it('says nothing of a syntax error but that it is one', () => {
    expect(redactMessage(`Syntax Error: Unexpected String "${secret}".`)).toBe('Syntax error.')
  })
})
