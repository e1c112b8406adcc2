/** Our policy without a server: the schema of the caller's grant set, on the endpoint's executor. */
import { createEngine } from '@fieldnotes/policy/graphql-engine'
import type { Engine } from '../peer.ts'
import { documents, missing } from './graphql-js.ts'
import { benchPolicy } from './policy.ts'

/** An engine of ours. */
export function oursEngine(): Engine {
  const { schemaFor } = benchPolicy()
  const { execute } = createEngine()
  const parsed = documents()
  return (name, contextValue) => {
    const { document, variables } = parsed.get(name) ?? missing(name)
    return execute({ schema: schemaFor(contextValue.principal), document, contextValue, variableValues: variables })
  }
}
