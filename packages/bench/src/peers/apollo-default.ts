/** Apollo Server with defaults, without authorization. */

import type { Peer } from '../contract/peer.ts'
import { onApollo } from '../hosts/apollo.ts'
import { bareSchema } from '../hosts/graphql-js-engine.ts'

export const peer: Peer = { handler: async () => onApollo(bareSchema()) }
