/** Generated values of variables: graphql-js coerces them alike. */
import fc from 'fast-check'
import { getVariableValues } from 'graphql'
import { describe, expect, it } from 'vitest'
import { coerceVariables } from '../../src/execute/coerce-variables.ts'
import { requestErrorsMax } from '../../src/limits/document-limits.ts'
import { definitionsOf, schema } from './coerce-kit.ts'

const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, undefined, 1, 1.5, 'RED', 'BLUE', true, 'x', 2 ** 40),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.record(
      Object.fromEntries(['n', 'color', 'tags', 'inner', 'list', 'id', 'odd'].map((name) => [name, tie('value')])),
      { requiredKeys: [] },
    ),
  ),
})).value

describe('generated variables', () => {
  it('are coerced as graphql-js coerces them, or refused where it refuses them', () => {
    const definitions = definitionsOf('$in: In, $one: One, $ids: [ID!]! = ["a"], $on: Boolean = true, $n: Int!')
    const seen = { fine: 0, bad: 0 }
    const names = fc.record({ in: value, one: value, ids: value, on: value, n: value }, { requiredKeys: [] })
    const ids = fc.array(fc.string(), { maxLength: 3 })
    const fine = fc.record({ id: fc.string(), tags: fc.option(ids), color: fc.constantFrom('RED', null) })
    const mostlyFine = fc.record(
      { n: fc.constant(1), in: fc.oneof(fine, value), ids: fc.oneof(ids, value), one: fc.constant({ a: 1 }) },
      { requiredKeys: ['n'] },
    )
    fc.assert(
      fc.property(fc.oneof(names, mostlyFine), (inputs) => {
        const expected = getVariableValues(schema, definitions, inputs)
        const found = coerceVariables(schema, definitions, inputs)
        if ('coerced' in found) expect(found).toEqual({ coerced: expected.coerced })
        else expect(found.errors.length).toBe(Math.min(expected.errors?.length ?? 0, requestErrorsMax))
        seen['coerced' in found ? 'fine' : 'bad'] += 1
      }),
      { numRuns: 2000 },
    )
    expect(Math.min(seen.fine, seen.bad)).toBeGreaterThan(50)
  })
})
