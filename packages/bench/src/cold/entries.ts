/** Entries of the cold table: handlers of peers, and the deployed endpoint with its database. */

import type { GraphQLResponse } from '../contract/peer.ts'
import { entryOf, type PeerName } from '../peers/peer-list.ts'
import { eventOf } from '../world/event.ts'
import { deployedLinks, type Links } from './links.ts'

/** A row of the cold table: what to bundle, and what it must answer. */
export interface ColdEntry {
  readonly name: string
  readonly title: string
  /** Source of the bundle's entry, with imports relative to `packages/bench/src`. */
  readonly source: string
  /**
   * Bundles everything as CommonJS. A library that mixes both formats would otherwise contain graphql twice, which
   * fails.
   */
  readonly commonJs?: true
  /** Includes Apollo's default plugins, which Apollo loads at its start unless they are disabled. */
  readonly defaultPlugins?: true
  /** Configuration of the deployed function. */
  readonly links?: Links
  /** Event and correct answer of an entry whose schema differs from the others'. */
  readonly own?: { readonly event: object; readonly answer: GraphQLResponse }
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

const commonJs: ReadonlySet<PeerName> = new Set(['mercurius-auth-jit', 'shield-default'])
const defaultPlugins: ReadonlySet<PeerName> = new Set(['shield-default'])

/** Entries without a database. The floor comes first: its answer is the reference. */
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

/** The deployed function itself, beside the peers. Its notes are in a database, so its query needs none of them. */
export const deployedEntry: ColdEntry = {
  name: 'deployed',
  title: '**ours**, the whole deployed bundle',
  source: `export { handler } from '@fieldnotes/api/handler'\n`,
  links: deployedLinks,
  own: { event: anonymousEvent('{ __typename }'), answer: { data: { __typename: 'Query' }, status: 200 } },
}

/** Entries with a database. */
export const endpointEntries: readonly ColdEntry[] = [
  endpoint('endpoint-open', 'the endpoint without authorization'),
  endpoint('endpoint', '**the endpoint**'),
  endpoint('endpoint-eager', "the endpoint, DynamoDB's client loaded at its start"),
]
