/** Ours as deployed: rules compiled, a schema for each grant set, operations that repeat compiled, lean Apollo, strict events. */
import { callerOf } from '../callers.ts'
import { onOurs } from '../hosts/ours.ts'
import type { Peer } from '../peer.ts'

export const peer: Peer = {
  // Loaded apart: a deployed handler loads the compiler only when an operation repeats.
  engine: async () => (await import('../hosts/ours-engine.ts')).oursEngine(),
  handler: async () => onOurs(({ headers }) => callerOf(headers.authorization)),
}
