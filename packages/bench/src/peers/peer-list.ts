/** Table of the peers: name in the tables, module, libraries whose versions are printed, and documented differences. */
import type { Liberties } from '../contract/compare.ts'
import type { Peer } from '../contract/peer.ts'

/** A row of the table. */
export interface Entry {
  readonly title: string
  readonly packages: readonly string[]
  /** Set for peers that refuse nothing: only operations without refusals are compared. */
  readonly unguarded?: true
  readonly liberties?: Liberties
  readonly load: () => Promise<{ readonly peer: Peer }>
}

const apollo = ['@apollo/server', '@as-integrations/aws-lambda']

/** Its errors have no code; Apollo adds this one to every error without a code. */
const codedByApollo: Liberties = { codes: ['INTERNAL_SERVER_ERROR'] }

/** It checks the document before execution, removes refused fields, and answers 401 with its own code. */
const genericAuth: Liberties = { refusesAhead: true, codes: ['UNAUTHORIZED_FIELD_OR_TYPE'], status: 401 }

/** Its errors have no code, and its response schema declares path segments as strings. */
const mercuriusAuth: Liberties = { textPositions: true, codes: ['none'] }

/** It throws its `AuthorizationError` for any missing role, whether or not the caller is signed in. */
const typeGraphql: Liberties = { codes: ['UNAUTHORIZED'] }

/** All peers by name. */
export const peers = {
  floor: { title: 'hand-coded, no GraphQL', packages: [], load: () => import('./floor.ts') },
  'graphql-js': {
    title: 'graphql-js, no authorization',
    packages: ['graphql'],
    unguarded: true,
    load: () => import('./graphql-js.ts'),
  },
  'graphql-jit': {
    title: 'graphql-jit, no authorization',
    packages: ['graphql-jit'],
    unguarded: true,
    load: () => import('./graphql-jit.ts'),
  },
  'apollo-default': {
    title: 'Apollo, no authorization',
    packages: apollo,
    unguarded: true,
    load: () => import('./apollo-default.ts'),
  },
  'apollo-lean': {
    title: 'Apollo lean, no authorization',
    packages: apollo,
    unguarded: true,
    load: () => import('./apollo-lean.ts'),
  },
  'hand-written': {
    title: 'checks written into resolvers',
    packages: apollo,
    load: () => import('./hand-written.ts'),
  },
  'shield-strict': {
    title: 'graphql-shield, `strict` cache',
    packages: ['graphql-shield', 'graphql-middleware'],
    load: () => import('./shield-strict.ts'),
  },
  'shield-default': {
    title: 'Apollo + graphql-shield',
    packages: ['graphql-shield', 'graphql-middleware', ...apollo],
    liberties: codedByApollo,
    load: () => import('./shield-default.ts'),
  },
  'shield-tuned': {
    title: 'Apollo lean + graphql-shield tuned',
    packages: ['graphql-shield', 'graphql-middleware', ...apollo],
    liberties: codedByApollo,
    load: () => import('./shield-tuned.ts'),
  },
  'yoga-generic-auth': {
    title: 'Yoga + generic-auth',
    packages: ['graphql-yoga', '@envelop/generic-auth'],
    liberties: genericAuth,
    load: () => import('./yoga-generic-auth.ts'),
  },
  'yoga-generic-auth-jit': {
    title: 'Yoga + generic-auth + jit',
    packages: ['graphql-yoga', '@envelop/generic-auth', '@envelop/graphql-jit'],
    liberties: genericAuth,
    load: () => import('./yoga-generic-auth-jit.ts'),
  },
  'mercurius-auth': {
    title: 'Mercurius + auth',
    packages: ['mercurius', 'mercurius-auth', 'fastify', '@fastify/aws-lambda'],
    liberties: mercuriusAuth,
    load: () => import('./mercurius-auth.ts'),
  },
  'mercurius-auth-jit': {
    title: 'Mercurius + auth + jit',
    packages: ['mercurius', 'mercurius-auth', 'fastify', '@fastify/aws-lambda'],
    liberties: mercuriusAuth,
    load: () => import('./mercurius-auth-jit.ts'),
  },
  pothos: {
    title: 'Apollo lean + Pothos scope-auth',
    packages: ['@pothos/core', '@pothos/plugin-scope-auth', ...apollo],
    liberties: codedByApollo,
    load: () => import('./pothos.ts'),
  },
  'type-graphql': {
    title: 'Apollo lean + TypeGraphQL',
    packages: ['type-graphql', ...apollo],
    liberties: typeGraphql,
    load: () => import('./type-graphql.ts'),
  },
  'ours-graphql-js': {
    title: 'ours, graphql-js',
    packages: [],
    load: () => import('./ours-graphql-js.ts'),
  },
  ours: {
    title: '**ours**',
    packages: apollo,
    load: () => import('./ours.ts'),
  },
  'ours-verified': {
    title: '**ours**, and its token verified',
    packages: [],
    load: () => import('./ours-verified.ts'),
  },
} as const satisfies Record<string, Entry>

/** Name of a peer. */
export type PeerName = keyof typeof peers

/** Names of all peers, in the order of the tables. */
export const peerNames = Object.keys(peers) as PeerName[]

/** The row of this name. */
export function entryOf(name: PeerName): Entry {
  return peers[name]
}
