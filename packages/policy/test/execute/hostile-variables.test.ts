import fc from 'fast-check'
import {
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLError,
  NoUnusedVariablesRule,
  parse,
  specifiedRules,
  validate,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import { createEngine } from '../../src/execute/graphql-engine.ts'
import { requestErrorsMax } from '../../src/limits/document-limits.ts'
import { documents, parsedVariables, schema } from './hostile-world.ts'

const rules = specifiedRules.filter((rule) => rule !== NoUnusedVariablesRule)

function locationOf({ path, locations }: GraphQLError) {
  return { path, locations }
}

function whole(error: GraphQLError) {
  return { ...error.toJSON(), path: error.path }
}

async function both(args: ExecutionArgs, engine: ReturnType<typeof createEngine>) {
  return [await execute(args), await engine.execute(args)] as [ExecutionResult, ExecutionResult]
}

describe.each(['plans', 'graphql-js'] as const)('hostile variables, executed by %s', (executor) => {
  it('have the data of graphql-js, and errors at the same paths in the same order', async () => {
    const engine = createEngine({ executor })
    const seen = { refused: 0, failed: 0, fine: 0 }
    await fc.assert(
      fc.asyncProperty(documents, parsedVariables, async (source, variableValues) => {
        const document = parse(source)
        fc.pre(validate(schema, document, rules).length === 0)
        const [expected, found] = await both({ schema, document, variableValues }, engine)
        expect('data' in found).toBe('data' in expected)
        expect(found.data).toEqual(expected.data)
        const isRefused = !('data' in expected)
        const errors = expected.errors?.slice(0, isRefused ? requestErrorsMax : undefined)
        expect(found.errors?.map(locationOf)).toEqual(errors?.map(locationOf))
        if (!isRefused) expect(found.errors?.map(whole)).toEqual(expected.errors?.map(whole))
        seen[isRefused ? 'refused' : expected.errors ? 'failed' : 'fine'] += 1
      }),
      { numRuns: 600 },
    )
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(30)
    expect(engine.size() > 0).toBe(executor === 'plans')
  }, 60_000)
})
