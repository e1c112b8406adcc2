/** graphql-shield on Apollo with defaults. Object rules are uncached, which is also faster than `strict`. */
import { onApollo } from '../hosts/apollo.ts'
import { executed } from '../hosts/graphql-js.ts'
import { guideRules, shielded } from '../hosts/shield.ts'
import type { Peer } from '../peer.ts'

function schema() {
  return shielded(guideRules('no_cache'))
}

export const peer: Peer = { engine: async () => executed(schema()), handler: async () => onApollo(schema()) }
