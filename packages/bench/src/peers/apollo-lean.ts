/** Apollo Server with everything off that it can do without, without any authorization. */
import { lean, onApollo } from '../hosts/apollo.ts'
import { bareSchema } from '../hosts/graphql-js.ts'
import type { Peer } from '../peer.ts'

export const peer: Peer = { handler: async () => onApollo(bareSchema(), lean) }
