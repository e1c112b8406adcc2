/** graphql-js without any authorization: what the query itself costs. */
import { bareSchema, executed } from '../hosts/graphql-js.ts'
import type { Peer } from '../peer.ts'

export const peer: Peer = { engine: async () => executed(bareSchema()) }
