/** Apollo Server with defaults, without authorization. */
import { onApollo } from '../hosts/apollo.ts'
import { bareSchema } from '../hosts/graphql-js.ts'
import type { Peer } from '../peer.ts'

export const peer: Peer = { handler: async () => onApollo(bareSchema()) }
