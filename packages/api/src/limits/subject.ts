/** Whose limit a request counts against: exactly one, so that no request takes from two buckets. */
import type { Principal } from '@fieldnotes/core/principal'
import { bucketKey } from '@fieldnotes/table/rate-keys'
import type { RateLimit } from '@fieldnotes/table/rate-limits'
import type { Key } from '@fieldnotes/table/writes'
import type { Application } from '../keys/application.ts'
import { limitTable } from './limit-table.ts'

/** `stored`: counted in the table over all instances. `remembered`: counted in this instance alone. */
export type Subject =
  | { readonly kind: 'stored'; readonly key: Key; readonly limit: RateLimit }
  | { readonly kind: 'remembered'; readonly id: string; readonly limit: RateLimit }

/** The subject of a request; undefined for a caller without a token, whom the gateway alone limits. */
export function subjectOf(principal: Principal, application: Application | undefined): Subject | undefined {
  if (principal.kind === 'anonymous') return undefined
  const { id, issuer, clientId, thirdParty } = principal
  if (application) {
    const limit = { ...limitTable.application, ...application.limits }
    return { kind: 'stored', key: bucketKey('APPLICATION', application.id), limit }
  }
  if (thirdParty) return { kind: 'stored', key: bucketKey('CLIENT', `${issuer}:${clientId}`), limit: limitTable.client }
  return { kind: 'remembered', id, limit: limitTable.person }
}
