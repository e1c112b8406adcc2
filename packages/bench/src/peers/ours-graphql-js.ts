/** Our compiled rules on graphql-js's executor. */

import type { Peer } from '../contract/peer.ts'
import { benchPolicy } from '../hosts/fieldnotes-policy.ts'
import { executed } from '../hosts/graphql-js-engine.ts'

export const peer: Peer = { engine: async () => executed(benchPolicy().schema) }
