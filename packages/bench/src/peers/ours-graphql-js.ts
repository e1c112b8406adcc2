/** Our compiled rules on graphql-js's executor. */
import { executed } from '../hosts/graphql-js.ts'
import { benchPolicy } from '../hosts/policy.ts'
import type { Peer } from '../peer.ts'

export const peer: Peer = { engine: async () => executed(benchPolicy().schema) }
