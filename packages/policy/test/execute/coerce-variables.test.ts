import { describe, expect, it } from 'vitest'
import { requestErrorsMax } from '../../src/limits/document-limits.ts'
import { inputLimitsDefault } from '../../src/limits/input-limits.ts'
import { coerce } from './coerce-kit.ts'

function messagesOf(declared: string, inputs: Record<string, unknown>) {
  const found = coerce(declared, inputs)
  return 'errors' in found ? found.errors.map(({ message }) => message) : found.coerced
}

const bad: readonly [string, string, Record<string, unknown>, string][] = [
  [
    'what is required',
    '$ids: [ID!]!',
    {},
    'Variable "$ids" got an invalid value at "ids": required type "[ID!]!" was not provided.',
  ],
  [
    'null',
    '$ids: [ID!]!',
    { ids: null },
    'Variable "$ids" got an invalid value at "ids": expected non-nullable type "[ID!]!" not to be null.',
  ],
  [
    'null in a list',
    '$ids: [ID!]',
    { ids: ['a', null] },
    'Variable "$ids" got an invalid value at "ids.1": expected non-nullable type "ID!" not to be null.',
  ],
  ['a scalar', '$n: Int', { n: 'secret' }, 'Variable "$n" got an invalid value at "n": expected type "Int".'],
  [
    'an item that is given without its list',
    '$ids: [ID!]',
    { ids: { secret: 1 } },
    'Variable "$ids" got an invalid value at "ids": expected type "ID".',
  ],
  [
    'an enum',
    '$in: In',
    { in: { id: 1, color: 'secret' } },
    'Variable "$in" got an invalid value at "in.color": expected type "Color".',
  ],
  [
    'a member that is missing',
    '$in: In',
    { in: {} },
    'Variable "$in" got an invalid value at "in.id": required type "ID!" was not provided.',
  ],
  [
    'a member that is unknown',
    '$in: In',
    { in: { id: 1, inner: { id: 1, titel: 'secret' } } },
    'Variable "$in" got an invalid value at "in.inner.titel": type "In" has no such member.',
  ],
  [
    'a member with a very long name',
    '$in: In',
    { in: { id: 1, ['secret'.repeat(100)]: 1 } },
    'Variable "$in" got an invalid value at "in": type "In" has no member with a name like one that was given.',
  ],
  [
    'a member whose name would end its quotes and the line',
    '$in: In',
    { in: { id: 1, 'x" is secret.\n<\u202e>"y': 1 } },
    'Variable "$in" got an invalid value at "in": type "In" has no member with a name like one that was given.',
  ],
  [
    'what is no object',
    '$in: In',
    { in: ['secret'] },
    'Variable "$in" got an invalid value at "in": expected type "In" to be an object.',
  ],
  ['an output type', '$q: Query', { q: 1 }, 'Variable "$q" got an invalid value at "q": its type is no input type.'],
  [
    'two members of which one is wanted',
    '$one: One',
    { one: { a: 1, b: { id: 1 } } },
    'Variable "$one" got an invalid value at "one": exactly one member must be given for OneOf type "One".',
  ],
]

describe('variables', () => {
  it.each(bad)(
    'are refused with a name, a path and a reason, and without their value: %s',
    (_name, declared, inputs, message) => {
      expect(messagesOf(declared, inputs)).toEqual([message])
    },
  )

  it('are all named when several are bad', () => {
    const inputs = { in: { n: 'x', tags: [1, 'fine', 2] }, n: 1.5 }
    expect(messagesOf('$in: In, $n: Int', inputs)).toEqual([
      'Variable "$in" got an invalid value at "in.n": expected type "Int".',
      'Variable "$in" got an invalid value at "in.tags.0": expected type "String".',
      'Variable "$in" got an invalid value at "in.tags.2": expected type "String".',
      'Variable "$in" got an invalid value at "in.id": required type "ID!" was not provided.',
      'Variable "$n" got an invalid value at "n": expected type "Int".',
    ])
  })

  it.each([requestErrorsMax - 1, requestErrorsMax, requestErrorsMax + 1, 51, 100_000])(
    'are looked at until enough of them are bad: %i nulls',
    (length) => {
      const looked = { at: 0 }
      const ids = Array.from({ length }, () => null)
      const counted = {
        *[Symbol.iterator]() {
          for (const id of ids) {
            looked.at += 1
            yield id
          }
        },
      }
      const found = coerce('$ids: [ID!]', { ids: counted })
      expect('errors' in found && found.errors).toHaveLength(Math.min(length, requestErrorsMax))
      expect(looked.at).toBeLessThanOrEqual(requestErrorsMax)
    },
  )

  it.each([
    [{ ids: Array.from({ length: inputLimitsDefault.values }, () => 'a') }, 'taken'],
    [{ ids: Array.from({ length: inputLimitsDefault.values + 1 }, () => 'a') }, 'LIMIT_EXCEEDED'],
    [{ in: { id: 1, list: Array.from({ length: 44 }, () => Array.from({ length: 44 }, () => null)) } }, 'taken'],
    [
      { in: { id: 1, list: Array.from({ length: 45 }, () => Array.from({ length: 45 }, () => null)) } },
      'LIMIT_EXCEEDED',
    ],
  ])('are looked at until there are too many of them', (inputs, expected) => {
    const found = coerce('$ids: [ID!], $in: In', inputs)
    expect('errors' in found ? found.errors.map(({ extensions }) => extensions.code) : ['taken']).toEqual([expected])
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('may have the name $%s', (name) => {
    expect(coerce(`$${name}: ID`, JSON.parse(`{"${name}":"x"}`))).toEqual({
      coerced: Object.fromEntries([[name, 'x']]),
    })
    expect(coerce(`$${name}: ID`, {})).toEqual({ coerced: {} })
    expect('errors' in coerce(`$${name}: ID!`, {})).toBe(true)
  })

  it('have the code of a mistake of the client', () => {
    const found = coerce('$n: Int', { n: 'x' })
    expect('errors' in found && found.errors[0]?.extensions).toEqual({
      code: 'BAD_USER_INPUT',
      argument: 'n',
      arguments: [{ argument: 'n', reason: 'expected type "Int"' }],
    })
  })
})
