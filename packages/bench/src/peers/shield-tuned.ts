/** graphql-shield tuned as far as we could: flat synchronous rules, unwrapped public fields, on lean Apollo. */

import type { Peer } from '../contract/peer.ts'
import { lean, onApollo } from '../hosts/apollo.ts'
import { executed } from '../hosts/graphql-js-engine.ts'
import { flatRules, shielded, unwrapped } from '../hosts/shield.ts'

function schema() {
  return unwrapped(shielded(flatRules()))
}

export const peer: Peer = { engine: async () => executed(schema()), handler: async () => onApollo(schema(), lean) }
