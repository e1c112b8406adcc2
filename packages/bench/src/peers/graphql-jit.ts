/** graphql-jit without authorization. */
import { compiled } from '../hosts/graphql-jit.ts'
import { bareSchema } from '../hosts/graphql-js.ts'
import type { Peer } from '../peer.ts'

export const peer: Peer = { engine: async () => compiled(bareSchema()) }
