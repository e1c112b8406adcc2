/** Apollo Server with all optional features disabled, without authorization. */
import { lean, onApollo } from '../hosts/apollo.ts'
import { bareSchema } from '../hosts/graphql-js.ts'
import type { Peer } from '../peer.ts'

export const peer: Peer = { handler: async () => onApollo(bareSchema(), lean) }
