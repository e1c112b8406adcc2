/** Mercurius with mercurius-auth. */

import type { Peer } from '../contract/peer.ts'
import { mercuriusEngine, onMercurius } from '../hosts/mercurius.ts'

export const peer: Peer = { engine: () => mercuriusEngine(0), handler: () => onMercurius(0) }
