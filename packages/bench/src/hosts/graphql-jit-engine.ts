/** Operations compiled by graphql-jit on first use. */
import type { GraphQLSchema } from 'graphql'
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit'
import type { Engine } from '../contract/peer.ts'
import { documents, missing } from './graphql-js-engine.ts'

/** An engine of graphql-jit for this schema. */
export function compiled(schema: GraphQLSchema): Engine {
  const parsed = documents()
  const queries = new Map<string, CompiledQuery>()
  return (name, context) => {
    const { document, variables } = parsed.get(name) ?? missing(name)
    const query = queries.get(name) ?? compileQuery(schema, document)
    if (!isCompiledQuery(query)) throw new Error(`graphql-jit refuses ${name}`)
    queries.set(name, query)
    return query.query(undefined, context, variables)
  }
}
