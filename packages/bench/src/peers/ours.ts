/**
 * Ours as deployed: compiled rules, a schema for each grant set, planned queries, lean Apollo, strict event parsing.
 */

import type { Peer } from '../contract/peer.ts'
import { fieldnotesHandler } from '../hosts/fieldnotes-handler.ts'
import { callerOf } from '../world/callers.ts'

export const peer: Peer = {
  // A dynamic import, so that a bundle of the handler does not contain it.
  engine: async () => (await import('../hosts/fieldnotes-engine.ts')).fieldnotesEngine(),
  handler: async () => fieldnotesHandler(({ headers }) => callerOf(headers.authorization)),
}
