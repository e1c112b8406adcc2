/** What is started cold: the handlers of the peers that have one. */
import { entryOf, type PeerName } from '../peers.ts'

export interface ColdEntry {
  readonly name: string
  readonly title: string
  /** Source of the bundle's entry, its imports seen from `packages/bench/src`. */
  readonly source: string
  /** All in CommonJS: a library that mixes both kinds otherwise carries graphql twice, which breaks. */
  readonly commonJs?: true
}

const started: readonly PeerName[] = [
  'floor',
  'ours',
  'apollo-lean',
  'hand-written',
  'shield-default',
  'pothos',
  'type-graphql',
  'yoga-generic-auth',
  'mercurius-auth-jit',
]

const commonJs: ReadonlySet<PeerName> = new Set(['mercurius-auth-jit'])

export const coldEntries: readonly ColdEntry[] = started.map((name) => ({
  name,
  title: entryOf(name).title,
  source: `import { peer } from './peers/${name}.ts'\nexport const handler = await peer.handler()\n`,
  ...(commonJs.has(name) && { commonJs: true }),
}))
