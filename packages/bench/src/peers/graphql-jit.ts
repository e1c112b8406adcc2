/** graphql-jit without authorization. */

import type { Peer } from '../contract/peer.ts'
import { compiled } from '../hosts/graphql-jit-engine.ts'
import { bareSchema } from '../hosts/graphql-js-engine.ts'

export const peer: Peer = { engine: async () => compiled(bareSchema()) }
