/** Our policy without a server: the schema of the caller's grant set, on the endpoint's executor. */
import { createEngine } from '@fieldnotes/policy/graphql-engine'
import type { Engine } from '../contract/peer.ts'
import { benchPolicy } from './fieldnotes-policy.ts'
import { documents, missing } from './graphql-js-engine.ts'

/** The product's own executor as an engine. */
export function fieldnotesEngine(): Engine {
  const { schemaFor } = benchPolicy()
  const { execute } = createEngine()
  const parsed = documents()
  return (name, contextValue) => {
    const { document, variables } = parsed.get(name) ?? missing(name)
    return execute({ schema: schemaFor(contextValue.principal), document, contextValue, variableValues: variables })
  }
}
