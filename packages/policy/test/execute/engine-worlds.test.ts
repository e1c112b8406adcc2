/** The engine in generated worlds: schemas with data, rules, callers and queries. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createEngine } from '../../src/execute/graphql-engine.ts'
import { createPolicy } from '../../src/policy.ts'
import { objects, worldOf } from '../generated-world.ts'
import { argsOf, expectSame } from './engine-kit.ts'

describe('the engine', () => {
  it('returns what graphql-js returns in every generated world', async () => {
    const engine = createEngine({ plansMax: 1000 })
    let refused = 0
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (g) => {
        const { schema, table, principal, query } = worldOf(g, objects)
        const policy = createPolicy(schema, table as Parameters<typeof createPolicy>[1])
        for (const each of [policy.schema, policy.schemaFor(principal)])
          refused += (await expectSame(argsOf(each, principal, query), engine)).errors.length
      }),
      { numRuns: 60 },
    )
    expect(engine.size()).toBeGreaterThan(60)
    expect(refused).toBeGreaterThan(30)
  }, 60_000)
})
