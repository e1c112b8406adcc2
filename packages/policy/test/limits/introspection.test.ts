import { anonymous } from '@fieldnotes/core/principal'
import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { assertIntrospection, introspects } from '../../src/limits/introspection.ts'
import { allow, deny, inGroup } from '../../src/rules.ts'
import { alice, boss } from '../shop.ts'
import { coded, thrownBy } from '../thrown.ts'

const introspecting = [
  '{ __schema { queryType { name } } }',
  '{ a: __schema { queryType { name } } }',
  '{ __type(name: "Note") { name } }',
  '{ ...f } fragment f on Query { __schema { queryType { name } } }',
  '{ ... on Query { ... { b: __type(name: "Note") { name } } } }',
  'query A { me } query B { __schema { queryType { name } } }',
]

describe('introspection', () => {
  it.each(introspecting)('is refused where the stage denies it: %s', (source) => {
    const document = parse(source)
    const refused = { code: 'FORBIDDEN', reason: '__schema: deny' }
    expect(thrownBy(() => assertIntrospection(document, alice, deny))).toMatchObject(refused)
    expect(() => assertIntrospection(document, anonymous, deny)).toThrow(coded('UNAUTHENTICATED'))
    expect(() => assertIntrospection(document, alice, allow)).not.toThrow()
  })

  it.each(['{ __typename me }', '{ schema: me }', '{ __schemas }', 'type A { a: Int }'])(
    'is not found in: %s',
    (source) => {
      const document = parse(source)
      expect(introspects(document)).toBe(false)
      expect(() => assertIntrospection(document, alice, deny)).not.toThrow()
    },
  )

  it('is judged for each caller, also for a document seen before', () => {
    const document = parse('{ __schema { queryType { name } } }')
    const rule = inGroup('shop:staff')
    expect(() => assertIntrospection(document, boss, rule)).not.toThrow()
    expect(() => assertIntrospection(document, alice, rule)).toThrow(coded('FORBIDDEN'))
    expect(() => assertIntrospection(document, boss, rule)).not.toThrow()
  })
})
