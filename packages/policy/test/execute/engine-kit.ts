/** Operations for tests of the engine, and responses that can be compared. */
import { type ExecutionArgs, type ExecutionResult, execute, type GraphQLSchema, parse } from 'graphql'
import { expect } from 'vitest'
import { appErrorIn } from '../../src/decide/graphql-errors.ts'
import { createEngine } from '../../src/execute/graphql-engine.ts'
import { createPolicy } from '../../src/policy.ts'
import { createShop, shopRules } from '../shop.ts'

/** The shop behind its rules, made by each test, so that a mutation run sees it made. */
export function shop() {
  return createPolicy(createShop(), shopRules)
}

/** An answer as a client sees it, with the code of each error. */
export async function json(result: ExecutionResult | Promise<ExecutionResult>) {
  const { data, errors = [] } = await result
  const seen = errors.map((error) => ({ ...error.toJSON(), reason: appErrorIn(error)?.reason }))
  return JSON.parse(JSON.stringify({ data: data ?? null, errors: seen }))
}

/** An operation of this caller on `schema`. */
export function argsOf(schema: GraphQLSchema, principal: unknown, query: string, variableValues = {}): ExecutionArgs {
  return {
    schema,
    document: parse(query),
    contextValue: { principal },
    variableValues,
  }
}

/** Expects the answer of graphql-js, also when the engine has a plan by then. */
export async function expectSame(args: ExecutionArgs, engine = createEngine()) {
  const expected = await json(execute(args))
  for (const _ of ['first', 'again']) expect(await json(engine.execute(args))).toEqual(expected)
  return expected
}
