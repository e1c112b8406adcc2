/** graphql-shield as its guide advises for rules that read the parent: the `strict` cache. */
import { executed } from '../hosts/graphql-js.ts'
import { guideRules, shielded } from '../hosts/shield.ts'
import type { Peer } from '../peer.ts'

export const peer: Peer = { engine: async () => executed(shielded(guideRules('strict'))) }
