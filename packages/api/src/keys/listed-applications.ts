/** Applications as operators list them, with the last use of each key. */
import { apiKeyUseKey, applicationEntryKey, applicationKey } from '@fieldnotes/table/access-keys'
import { parseDigest } from '@fieldnotes/table/digest'
import type { Table } from '@fieldnotes/table/table'
import type { Application, StoredKey } from './application.ts'
import { applicationIn, isApplication } from './stored-applications.ts'
import { keyNameChars } from './stored-keys.ts'

/** A key as operators see it. */
export interface ListedKey extends Omit<StoredKey, 'digest'> {
  /** The first characters of its digest. */
  readonly key: string
  /** The hour of its last use, in seconds since the epoch. Undefined: never used. */
  readonly usedAt?: number
}

/** An application as operators see it. */
export interface ListedApplication extends Omit<Application, 'keys'> {
  readonly keys: readonly ListedKey[]
}

/** The item of an application that can't be read: requests with its keys, and of its clients, get 503. */
export interface BrokenApplication {
  readonly id: unknown
  readonly isBroken: true
}

/** All applications, by id. A page has at most 100. */
export async function listApplications(
  table: Pick<Table, 'query' | 'batchGet'>,
  after?: string,
): Promise<readonly (ListedApplication | BrokenApplication)[]> {
  const { pk } = applicationEntryKey('')
  const from = after === undefined ? {} : { after: applicationEntryKey(after) }
  const { items } = await table.query({ pk, between: ['0', '~'], forward: true, limit: 100, ...from })
  const found = await table.batchGet(items.map(({ sk }) => applicationKey(sk)))
  const candidates = found.map(applicationIn)
  const uses = await table.batchGet(candidates.filter(isApplication).flatMap(useKeysOf))
  const usedAt = new Map(uses.map((item) => [item.sk, item.usedAt]))
  const shown = candidates.map((each) =>
    isApplication(each) ? listed(each, usedAt) : ({ id: each.id, isBroken: true } as const),
  )
  return shown.toSorted((a, b) => (String(a.id) < String(b.id) ? -1 : 1))
}

function useKeysOf({ id, keys }: Application) {
  return keys.flatMap(({ digest }) => {
    const parsed = parseDigest(digest)
    return parsed ? [apiKeyUseKey(id, parsed)] : []
  })
}

function listed({ keys, ...rest }: Application, usedAt: ReadonlyMap<string, unknown>): ListedApplication {
  const named = keys.map(({ digest, ...key }) => {
    const used = usedAt.get(digest)
    return { key: digest.slice(0, keyNameChars), ...key, ...(typeof used === 'number' && { usedAt: used }) }
  })
  return { ...rest, keys: named }
}
