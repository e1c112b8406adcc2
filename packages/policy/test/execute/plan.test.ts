import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import {
  type ExecutionResult,
  execute,
  GraphQLError,
  NoUnusedFragmentsRule,
  NoUnusedVariablesRule,
  parse,
  specifiedRules,
  validate,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import { createEngine } from '../../src/execute/graphql-engine.ts'
import { queries } from './odd-queries.ts'
import { mishaps, oddSchema, roots } from './odd-world.ts'

/** Everything that a client could see, and in its order. Words about a mistake of the server's own may differ. */
async function clientView(result: ExecutionResult | Promise<ExecutionResult>) {
  const { data, errors } = await result
  return { data, errors: errors?.map(({ path, locations, message }) => ({ path, locations, message: ours(message) })) }
}

function isOfAnswer(reason: unknown): boolean {
  return reason instanceof GraphQLError || (reason instanceof Error && mishaps.includes(reason.message))
}

/** The response, and the number of unhandled rejections: Node ends a process for one. */
async function observed(run: () => ExecutionResult | Promise<ExecutionResult>) {
  const listeners = process.rawListeners('unhandledRejection') as ((reason: unknown) => void)[]
  let unheard = 0
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', (reason) => {
    // What the runner of the tests fails to do in time is its own affair.
    if (isOfAnswer(reason)) unheard += 1
    else for (const listener of listeners) listener(reason)
  })
  const answer = await clientView(run())
  await setImmediate()
  process.removeAllListeners('unhandledRejection')
  for (const listener of listeners) process.on('unhandledRejection', listener)
  return { answer, unheard }
}

function ours(message: string): string {
  return message
    .replace(/^Expected `(\w+)\.serialize.*/, 'Expected `$1.serialize')
    .replace(/^(Abstract type|Runtime Object type) .*/, 'Abstract type')
}

/** A generated query need not use what it declares. */
const rules = specifiedRules.filter((rule) => rule !== NoUnusedFragmentsRule && rule !== NoUnusedVariablesRule)

describe('a planned query', () => {
  it('returns what graphql-js returns, whatever resolvers return', async () => {
    const schema = oddSchema()
    const engine = createEngine({ plansMax: 256 })
    const seen = { failed: 0, nulled: 0, fine: 0 }
    await fc.assert(
      fc.asyncProperty(roots, queries, fc.boolean(), fc.boolean(), async (root, query, on, off) => {
        const document = parse(query)
        expect(validate(schema, document, rules)).toEqual([])
        const args = { schema, document, variableValues: { on, off } }
        const { answer: expected } = await observed(() => execute({ ...args, rootValue: root() }))
        const found = await observed(() => engine.execute({ ...args, rootValue: root() }))
        expect(found).toEqual({ answer: expected, unheard: 0 })
        seen.failed += expected.errors ? 1 : 0
        seen.nulled += expected.data === null ? 1 : 0
        seen.fine += expected.errors ? 0 : 1
      }),
      { numRuns: 400 },
    )
    expect(Math.min(seen.failed, seen.nulled, seen.fine)).toBeGreaterThan(20)
    expect(engine.size()).toBe(256)
  }, 120_000)
})
