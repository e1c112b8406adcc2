/** Our policy without a server: the schema of the caller's grant set, every operation compiled. */
import type { Engine } from '../peer.ts'
import { compiled } from './graphql-jit.ts'
import { benchPolicy } from './policy.ts'

/** An engine of ours. */
export const oursEngine = (): Engine => {
  const { schemaFor } = benchPolicy()
  const engines = new Map<object, Engine>()
  return (name, context) => {
    const schema = schemaFor(context.principal)
    const made = engines.get(schema) ?? compiled(schema)
    engines.set(schema, made)
    return made(name, context)
  }
}
