/** Mercurius with mercurius-auth. */
import { mercuriusEngine, onMercurius } from '../hosts/mercurius.ts'
import type { Peer } from '../peer.ts'

export const peer: Peer = { engine: () => mercuriusEngine(0), handler: () => onMercurius(0) }
