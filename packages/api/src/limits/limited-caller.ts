/** Whose limit a request counts against: exactly one, so that no request takes from two buckets. */
import type { Principal } from '@fieldnotes/core/principal'
import { bucketKey } from '@fieldnotes/table/rate-keys'
import type { RateLimit } from '@fieldnotes/table/rate-limits'
import type { Key } from '@fieldnotes/table/writes'
import type { Application } from '../keys/application.ts'
import { limitTable } from './limit-table.ts'

/** What every subject has. */
interface Named {
  /** Of the application, of the client as `issuer:client_id`, or of the person. */
  readonly id: string
  readonly limit: RateLimit
}

/** Counted in the table, over all instances. */
interface Stored extends Named {
  readonly row: 'application' | 'client'
  readonly key: Key
  readonly unit: 'cost'
}

/** Counted in this instance alone. */
interface Remembered extends Named {
  readonly row: 'person'
  readonly unit: 'requests'
}

/** Whose limit it is, with its row of the table of limits. */
export type Subject = Stored | Remembered

/** The subject of a request; undefined for a caller without a token, whom the gateway alone limits. */
export function subjectOf(principal: Principal, application: Application | undefined): Subject | undefined {
  if (principal.kind === 'anonymous') return undefined
  const { id, issuer, clientId, thirdParty } = principal
  if (application) {
    const limit = { ...limitTable.application, ...application.limits }
    const key = bucketKey('APPLICATION', application.id)
    return { row: 'application', id: application.id, key, limit, unit: 'cost' }
  }
  const service = principal.kind === 'user' ? principal.actor?.subject : undefined
  // Our issuer alone names actors, and they are clients of its table of grants. One of them has many people.
  if (service !== undefined) return person(`${service}:${id}`)
  if (!thirdParty) return person(id)
  const client = `${issuer}:${clientId}`
  return { row: 'client', id: client, key: bucketKey('CLIENT', client), limit: limitTable.client, unit: 'cost' }
}

function person(id: string): Remembered {
  return { row: 'person', id, limit: limitTable.person, unit: 'requests' }
}
