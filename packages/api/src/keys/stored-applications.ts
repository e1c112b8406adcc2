/**
 * Applications in the table `Access`. The endpoint reads them; operators alone write them. Each has an entry in one
 * partition, so that they can be listed without a scan.
 */
import { AppError } from '@fieldnotes/core/error'
import { apiKeyUseKey, applicationEntryKey, applicationKey } from '@fieldnotes/table/access-keys'
import { type Digest, parseDigest } from '@fieldnotes/table/digest'
import { isWritten } from '@fieldnotes/table/failures'
import { daySeconds, seconds } from '@fieldnotes/table/instants'
import type { Table } from '@fieldnotes/table/table'
import type { Condition, Item } from '@fieldnotes/table/writes'
import { isApplicationId } from './api-key.ts'
import {
  type Application,
  type ApplicationCandidate,
  applicationFaults,
  keysMax,
  type StoredKey,
} from './application.ts'

function applicationIn({ pk, stage, clients, keys, limits }: Item): ApplicationCandidate {
  return { id: pk.slice('APPLICATION#'.length), stage, clients, keys, limits }
}

/**
 * The application with this id; undefined when there is none, and for an item that is none: its keys are then refused.
 * @throws UNAVAILABLE when the table is out of reach
 */
export async function readApplication(table: Pick<Table, 'get'>, id: string): Promise<Application | undefined> {
  if (!isApplicationId(id)) return undefined
  const item = await table.get(applicationKey(id))
  const found = item && applicationIn(item)
  return found && applicationFaults(found).length === 0 ? (found as Application) : undefined
}

const absent: Condition = [[['absent', 'pk']]]

async function changed(code: 'CONFLICT' | 'NOT_FOUND', reason: string, act: () => Promise<unknown>): Promise<void> {
  if (!(await isWritten(act))) throw new AppError(code, reason)
}

function refuseFaulty(application: ApplicationCandidate): void {
  const [fault] = applicationFaults(application)
  if (fault !== undefined)
    throw new AppError('BAD_USER_INPUT', fault, { message: `The application can’t be stored: ${fault}.` })
}

/**
 * Stores a new application. `now` is in milliseconds since the epoch.
 * @throws BAD_USER_INPUT for an application with faults; CONFLICT when the id is taken
 */
export async function addApplication(
  table: Pick<Table, 'transact'>,
  { id, ...rest }: Application,
  now: number,
): Promise<void> {
  refuseFaulty({ limits: undefined, ...rest, id })
  const createdAt = seconds(now)
  await changed('CONFLICT', 'the id is taken', () =>
    table.transact([
      { put: { ...applicationKey(id), ...rest, createdAt }, when: absent },
      { put: { ...applicationEntryKey(id), createdAt }, when: absent },
    ]),
  )
}

/** What of an application can be changed. `limits: undefined` means those of the code. */
export interface ApplicationChanges extends Partial<Pick<Application, 'clients' | 'keys'>> {
  readonly limits?: Application['limits'] | undefined
}

/**
 * Changes an application as `changesOf` says of the one that is stored.
 * @throws NOT_FOUND; BAD_USER_INPUT for a change with faults; CONFLICT when it was changed meanwhile
 */
export async function changeApplication(
  table: Pick<Table, 'get' | 'update'>,
  id: string,
  changesOf: (before: Application) => ApplicationChanges,
): Promise<void> {
  const before = await readApplication(table, id)
  if (!before) throw new AppError('NOT_FOUND', 'no such application')
  const changes = changesOf(before)
  refuseFaulty({ limits: undefined, ...before, ...changes })
  // Keys end and begin alone by a change that has read all of them.
  const when: Condition = [[['=', 'keys', before.keys]]]
  await changed('CONFLICT', 'changed meanwhile', () =>
    table.update({ update: applicationKey(id), set: { ...changes }, when }),
  )
}

/**
 * The keys of an application with a new one. Keys that have ended make room.
 * @throws BAD_USER_INPUT when two are valid
 */
export function withKey(keys: readonly StoredKey[], added: StoredKey): readonly StoredKey[] {
  const valid = keys.filter(({ endsAt }) => endsAt > added.createdAt)
  if (valid.length >= keysMax) throw new AppError('BAD_USER_INPUT', `${keysMax} keys are valid: end one first`)
  return [added, ...valid]
}

/** Characters of a digest that name a key to operators. */
export const keyNameChars = 8

/**
 * The keys without the named one, or without any.
 * @throws NOT_FOUND when no key has this name
 */
export function withoutKey(keys: readonly StoredKey[], name: string | undefined): readonly StoredKey[] {
  if (name === undefined) return []
  const rest = keys.filter(({ digest }) => digest.slice(0, keyNameChars) !== name)
  if (rest.length === keys.length) throw new AppError('NOT_FOUND', 'no such key')
  return rest
}

/** Seconds for which the last use of a key is stored. */
const useStoredSeconds = 400 * daySeconds

/** Notes that a key was used at `hour`, in seconds since the epoch. An earlier hour than the stored one is left out. */
export async function noteUse(
  table: Pick<Table, 'update'>,
  { id, digest, hour }: { readonly id: string; readonly digest: Digest; readonly hour: number },
): Promise<void> {
  const set = { usedAt: hour, expiresAt: hour + useStoredSeconds }
  const when: Condition = [[['absent', 'usedAt']], [['<', 'usedAt', hour]]]
  await isWritten(() => table.update({ update: apiKeyUseKey(id, digest), set, when }))
}

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

/** All applications, by id. A page has at most 100. */
export async function listApplications(
  table: Pick<Table, 'query' | 'batchGet'>,
  after?: string,
): Promise<readonly ListedApplication[]> {
  const { pk } = applicationEntryKey('')
  const from = after === undefined ? {} : { after: applicationEntryKey(after) }
  const { items } = await table.query({ pk, between: ['0', '~'], forward: true, limit: 100, ...from })
  const found = await table.batchGet(items.map(({ sk }) => applicationKey(sk)))
  const applications = found.map(applicationIn).filter(isApplication)
  const uses = await table.batchGet(applications.flatMap(useKeysOf))
  const usedAt = new Map(uses.map((item) => [item.sk, item.usedAt]))
  return applications.map((each) => listed(each, usedAt)).toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

function isApplication(candidate: ApplicationCandidate): candidate is ApplicationCandidate & Application {
  return applicationFaults(candidate).length === 0
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
