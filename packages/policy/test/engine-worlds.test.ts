/** The engine in generated worlds: schemas with data, rules, callers and queries. */
import fc from 'fast-check'
import { execute } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createPolicy } from '../src/policy.ts'
import { argsOf, eager, json } from './engine-kit.ts'
import { objects, worldOf } from './world.ts'

describe('the engine', () => {
  it('answers as graphql-js does in every generated world', async () => {
    const engine = await eager()
    let refused = 0
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (g) => {
        const { schema, table, principal, query } = worldOf(g, objects)
        const policy = createPolicy(schema, table as Parameters<typeof createPolicy>[1])
        for (const each of [policy.schema, policy.schemaFor(principal)]) {
          const args = argsOf(each, principal, query)
          const expected = await json(execute(args))
          expect(await json(engine.execute(args))).toEqual(expected)
          refused += expected.errors.length
        }
      }),
      { numRuns: 60 },
    )
    expect(engine.size().compiled).toBeGreaterThan(60)
    expect(refused).toBeGreaterThan(30)
  }, 60_000)
})
