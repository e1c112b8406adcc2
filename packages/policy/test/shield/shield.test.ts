/**
 * graphql-shield itself is the oracle: policy decides alike, except for the differences named in
 * `shield-differences.test.ts`, which are its defects.
 */
import fc from 'fast-check'
import type { ExecutionResult } from 'graphql'
import { describe, expect, it } from 'vitest'
import { explaining } from '../../src/explain/explaining-schema.ts'
import { worldOf } from '../generated-world.ts'
import { enforced, run, shielded } from './shielded.ts'

/** The answer, and where it was refused. */
function outcome({ data, errors = [] }: ExecutionResult) {
  return {
    data: JSON.stringify(data),
    refused: errors.map(({ path }) => path?.join('.')).sort(),
  }
}

describe('compiled rules against graphql-shield', () => {
  it('decide alike in every generated schema, table, caller and query', async () => {
    let refusals = 0
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (g) => {
        const world = worldOf(g)
        const { schema, schemaFor } = enforced(world.schema, world.table)
        const explained = explaining(world.schema, world.table as Parameters<typeof explaining>[1])
        const expected = outcome(await run(shielded(world.schema, world.table), world))
        for (const each of [schema, schemaFor(world.principal), explained])
          expect(outcome(await run(each, world))).toEqual(expected)
        refusals += expected.refused.length
      }),
      { numRuns: 150 },
    )
    expect(refusals).toBeGreaterThan(50)
  }, 60_000)
})
