import { buildSchema, execute, parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { withoutInput } from '../src/without-input.ts'

const schema = buildSchema(`
  enum Color { RED }
  input In { n: Int!, c: Color, s: String }
  type Query { f(i: In, n: Int, c: Color, s: String, b: Boolean, id: ID): Int }
`)

const secret = 'hunter2'

const messagesOf = (query: string, variables: Record<string, unknown>): string[] => {
  const document = parse(query)
  const invalid = validate(schema, document)
  if (invalid.length > 0) return invalid.map((error) => error.message)
  const result = execute({ schema, document, variableValues: variables })
  return 'errors' in result ? (result.errors ?? []).map((error) => error.message) : []
}

const withVariables = 'query ($i: In) { f(i: $i) }'

const attempts: readonly [string, string, Record<string, unknown>][] = [
  ['a literal of the wrong type', `{ f(n: "${secret}") }`, {}],
  ['a literal that is no boolean', `{ f(b: "${secret}") }`, {}],
  ['a literal that is no string', `{ f(s: ${secret}) }`, {}],
  ['an unknown enum value', `{ f(c: ${secret}) }`, {}],
  ['an enum value in quotes', `{ f(c: "${secret}") }`, {}],
  ['an object where a scalar stands', `{ f(n: { ${secret}: 1 }) }`, {}],
  ['a variable of the wrong type', withVariables, { i: { n: secret } }],
  ['a variable that is no object', withVariables, { i: secret }],
  ['an enum variable', withVariables, { i: { n: 1, c: secret } }],
  ['a missing member beside a secret', withVariables, { i: { s: secret } }],
  ['a secret with quotes and newlines', withVariables, { i: { n: `"; at "x"\n${secret}"` } }],
]

describe('withoutInput', () => {
  it.each(attempts)('says nothing of %s', (_name, query, variables) => {
    const messages = messagesOf(query, variables)
    expect(messages).not.toEqual([])
    expect(messages.join()).toContain(secret)
    for (const message of messages) expect(withoutInput(message)).not.toContain(secret)
  })

  it('keeps where the value stood', () => {
    expect(messagesOf(withVariables, { i: { n: secret } }).map(withoutInput)).toEqual([
      'Variable "$i" got an invalid value at "i.n".',
    ])
  })

  it('keeps the names of the schema, without suggestions', () => {
    expect(withoutInput('Cannot query field "titel" on type "Note". Did you mean "title"?')).toBe(
      'Cannot query field "titel" on type "Note".',
    )
  })

  it('says nothing of a syntax error but that it is one', () => {
    expect(withoutInput(`Syntax Error: Unexpected String "${secret}".`)).toBe('Syntax error.')
  })
})
