/** Declarations of variables for tests of their coercion. */
import { buildSchema, getOperationAST, type OperationDefinitionNode, parse } from 'graphql'
import { coerceVariables } from '../../src/execute/coerce-variables.ts'

/** Arguments of every kind of input type. */
export const schema = buildSchema(`
  enum Color { RED GREEN }
  input In { n: Int! = 3, color: Color, tags: [String!], inner: In, list: [[In]], id: ID! }
  input One @oneOf { a: Int, b: In }
  type Query { f(in: In, one: One, ids: [ID!], on: Boolean, n: Int): Int }
`)

/** The definitions of variables in an operation. */
export function definitionsOf(declared: string) {
  const operation = getOperationAST(parse(`query(${declared}) { f }`)) as OperationDefinitionNode
  return operation.variableDefinitions ?? []
}

/** Variables of a request, coerced to their declarations. */
export function coerce(declared: string, inputs: Record<string, unknown>) {
  return coerceVariables(schema, definitionsOf(declared), inputs)
}
