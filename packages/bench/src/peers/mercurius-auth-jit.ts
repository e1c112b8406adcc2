/** Mercurius with mercurius-auth and its just-in-time compiler, which compiles at the first repetition. */
import { mercuriusEngine, onMercurius } from '../hosts/mercurius.ts'
import type { Peer } from '../peer.ts'

export const peer: Peer = { engine: () => mercuriusEngine(1), handler: () => onMercurius(1) }
