/** graphql-shield with the `strict` cache, which its guide recommends for rules that read the parent. */

import type { Peer } from '../contract/peer.ts'
import { executed } from '../hosts/graphql-js-engine.ts'
import { guideRules, shielded } from '../hosts/shield.ts'

export const peer: Peer = { engine: async () => executed(shielded(guideRules('strict'))) }
