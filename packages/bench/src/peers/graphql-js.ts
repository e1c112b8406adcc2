/** graphql-js without authorization: the cost of execution alone. */
import { bareSchema, executed } from '../hosts/graphql-js.ts'
import type { Peer } from '../peer.ts'

export const peer: Peer = { engine: async () => executed(bareSchema()) }
