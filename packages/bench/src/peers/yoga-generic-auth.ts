/** GraphQL Yoga with the generic-auth plugin. */

import type { Peer } from '../contract/peer.ts'
import { annotatedSchema, genericAuth } from '../hosts/generic-auth.ts'
import { enveloped, onYoga } from '../hosts/yoga.ts'

export const peer: Peer = {
  engine: async () => enveloped(annotatedSchema(), [genericAuth()]),
  handler: async () => onYoga(annotatedSchema(), [genericAuth()]),
}
