/** Mercurius with mercurius-auth and its just-in-time compiler, from the first repetition on. */
import { mercuriusEngine, onMercurius } from '../hosts/mercurius.ts'
import type { Peer } from '../peer.ts'

export const peer: Peer = { engine: () => mercuriusEngine(1), handler: () => onMercurius(1) }
