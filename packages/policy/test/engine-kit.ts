/** For tests of the engine: what is asked, and answers that can be compared. */
import { type ExecutionArgs, type ExecutionResult, type GraphQLSchema, parse } from 'graphql'
import { createEngine } from '../src/engine.ts'
import { loadJit } from '../src/jit.ts'
import { createPolicy } from '../src/policy.ts'
import { alice, createShop, shopRules } from './shop.ts'

/** The shop behind its rules. */
export const shop = createPolicy(createShop(), shopRules)

/** An answer without what may differ: the order of errors. */
export const json = async (result: ExecutionResult | Promise<ExecutionResult>) => {
  const { data, errors = [] } = await result
  const told = errors.map((error) => JSON.stringify({ ...error.toJSON(), code: Object(error.originalError).code }))
  return { data: JSON.parse(JSON.stringify(data ?? null)), errors: told.sort() }
}

/** An engine that compiles at once what can be compiled. */
export const eager = async () => {
  const compile = await loadJit()
  const engine = createEngine({ compileAfter: 0, load: async () => compile })
  engine.execute({ schema: shop.schema, document: parse('{ me }'), contextValue: { principal: alice } })
  await engine.ready()
  return engine
}

/** An operation of this caller on `schema`. */
export const argsOf = (
  schema: GraphQLSchema,
  principal: unknown,
  query: string,
  variableValues = {},
): ExecutionArgs => ({
  schema,
  document: parse(query),
  contextValue: { principal },
  variableValues,
})
