/** graphql-shield on Apollo with defaults. Object rules are uncached, which is also faster than `strict`. */

import type { Peer } from '../contract/peer.ts'
import { onApollo } from '../hosts/apollo.ts'
import { executed } from '../hosts/graphql-js-engine.ts'
import { guideRules, shielded } from '../hosts/shield.ts'

function schema() {
  return shielded(guideRules('no_cache'))
}

export const peer: Peer = { engine: async () => executed(schema()), handler: async () => onApollo(schema()) }
