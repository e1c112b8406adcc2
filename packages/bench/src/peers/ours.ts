/** Ours as deployed: rules compiled, a schema for each grant set, queries run by plans, lean Apollo, strict events. */
import { callerOf } from '../callers.ts'
import { onOurs } from '../hosts/ours.ts'
import type { Peer } from '../peer.ts'

export const peer: Peer = {
  // Loaded apart, so that a bundle of the handler holds nothing of it.
  engine: async () => (await import('../hosts/ours-engine.ts')).oursEngine(),
  handler: async () => onOurs(({ headers }) => callerOf(headers.authorization)),
}
