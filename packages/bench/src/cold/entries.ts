/** What is started cold: the handlers of the peers that have one, and the deployed endpoint with its database. */
import { eventOf } from '../event.ts'
import type { Answer } from '../peer.ts'
import { entryOf, type PeerName } from '../peers.ts'
import { deployedLinks, type Links } from './links.ts'

export interface ColdEntry {
  readonly name: string
  readonly title: string
  /** Source of the bundle's entry, its imports seen from `packages/bench/src`. */
  readonly source: string
  /** All in CommonJS: a library that mixes both kinds otherwise carries graphql twice, which breaks. */
  readonly commonJs?: true
  /** With Apollo's default plugins, which an Apollo that does not switch them off loads at its start. */
  readonly defaultPlugins?: true
  /** What this one is told as a deployed function is. */
  readonly links?: Links
  /** What this one is asked in place of the others' event, where its schema is another, and the right answer. */
  readonly own?: { readonly event: object; readonly answer: Answer }
}

const peerNames: readonly PeerName[] = [
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
const defaultPlugins: ReadonlySet<PeerName> = new Set(['shield-default'])

/** Without a database. The floor comes first: its answer is the right one. */
export const peerEntries: readonly ColdEntry[] = peerNames.map((name) => ({
  name,
  title: entryOf(name).title,
  source: `import { peer } from './peers/${name}.ts'\nexport const handler = await peer.handler()\n`,
  ...(commonJs.has(name) && { commonJs: true }),
  ...(defaultPlugins.has(name) && { defaultPlugins: true }),
}))

function endpoint(name: string, title: string): ColdEntry {
  return {
    name,
    title,
    source: `export * from './cold/${name}.ts'\n`,
  }
}

function anonymousEvent(query: string): object {
  const event = eventOf({ query, variables: {}, caller: 'anonymous' }, '')
  const { authorization: _, ...headers } = event.headers
  return { ...event, headers }
}

/** The very function that is deployed, next to the peers. Its notes are in a database, so that it is asked what needs none. */
export const deployedEntry: ColdEntry = {
  name: 'deployed',
  title: '**ours**, the whole deployed bundle',
  source: `export { handler } from '@fieldnotes/api/handler'\n`,
  links: deployedLinks,
  own: { event: anonymousEvent('{ __typename }'), answer: { data: { __typename: 'Query' }, status: 200 } },
}

/** With a database. */
export const endpointEntries: readonly ColdEntry[] = [
  endpoint('endpoint-open', 'the endpoint without authorization'),
  endpoint('endpoint', '**the endpoint**'),
  endpoint('endpoint-eager', "the endpoint, DynamoDB's client loaded at its start"),
]
