/** Ours as deployed: rules compiled, a schema for each grant set, operations that repeat compiled, lean Apollo, strict events. */
import { callerOf } from '../callers.ts'
import { compiled } from '../hosts/graphql-jit.ts'
import { onOurs } from '../hosts/ours.ts'
import { benchPolicy } from '../hosts/policy.ts'
import type { Engine, Peer } from '../peer.ts'

const engine = async (): Promise<Engine> => {
  const { schemaFor } = benchPolicy()
  const engines = new Map<object, Engine>()
  return (name, context) => {
    const schema = schemaFor(context.principal)
    const made = engines.get(schema) ?? compiled(schema)
    engines.set(schema, made)
    return made(name, context)
  }
}

export const peer: Peer = {
  engine,
  handler: async () => onOurs(({ headers }) => callerOf(headers.authorization)),
}
