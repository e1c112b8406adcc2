/** Mercurius with mercurius-auth and its just-in-time compiler, which compiles at the first repetition. */

import type { Peer } from '../contract/peer.ts'
import { mercuriusEngine, onMercurius } from '../hosts/mercurius.ts'

export const peer: Peer = { engine: () => mercuriusEngine(1), handler: () => onMercurius(1) }
