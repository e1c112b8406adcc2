/**
 * Ours as deployed: compiled rules, a schema for each grant set, planned queries, lean Apollo, strict event parsing.
 */
import { callerOf } from '../callers.ts'
import { onOurs } from '../hosts/ours.ts'
import type { Peer } from '../peer.ts'

export const peer: Peer = {
  // A dynamic import, so that a bundle of the handler does not contain it.
  engine: async () => (await import('../hosts/ours-engine.ts')).oursEngine(),
  handler: async () => onOurs(({ headers }) => callerOf(headers.authorization)),
}
