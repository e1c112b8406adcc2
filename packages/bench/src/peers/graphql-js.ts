/** graphql-js without authorization: the cost of execution alone. */

import type { Peer } from '../contract/peer.ts'
import { bareSchema, executed } from '../hosts/graphql-js-engine.ts'

export const peer: Peer = { engine: async () => executed(bareSchema()) }
