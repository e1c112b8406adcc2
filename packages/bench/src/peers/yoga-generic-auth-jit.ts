/** GraphQL Yoga with the generic-auth plugin and the graphql-jit plugin. */
import { useGraphQlJit } from '@envelop/graphql-jit'
import type { Plugin } from 'graphql-yoga'
import type { Peer } from '../contract/peer.ts'
import { annotatedSchema, genericAuth } from '../hosts/generic-auth.ts'
import { enveloped, onYoga } from '../hosts/yoga.ts'

function plugins(): Plugin[] {
  return [genericAuth(), useGraphQlJit() as unknown as Plugin]
}

export const peer: Peer = {
  engine: async () => enveloped(annotatedSchema(), plugins()),
  handler: async () => onYoga(annotatedSchema(), plugins()),
}
