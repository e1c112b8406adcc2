/** graphql-shield with the `strict` cache, which its guide recommends for rules that read the parent. */
import { executed } from '../hosts/graphql-js.ts'
import { guideRules, shielded } from '../hosts/shield.ts'
import type { Peer } from '../peer.ts'

export const peer: Peer = { engine: async () => executed(shielded(guideRules('strict'))) }
