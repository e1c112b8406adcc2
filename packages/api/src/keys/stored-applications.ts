/**
 * Applications in the table `Access`. The endpoint reads them; operators alone write them. Each has an entry in one
 * partition, so that they can be listed without a scan.
 */
import { AppError } from '@fieldnotes/core/error'
import { apiKeyUseKey, applicationEntryKey, applicationKey, clientApplicationKey } from '@fieldnotes/table/access-keys'
import type { Digest } from '@fieldnotes/table/digest'
import { isWritten } from '@fieldnotes/table/failures'
import { daySeconds, seconds } from '@fieldnotes/table/instants'
import type { Table } from '@fieldnotes/table/table'
import type { Clause, Condition, Item, Write } from '@fieldnotes/table/writes'
import { isApplicationId } from './api-key.ts'
import { type Application, type ApplicationCandidate, applicationFaults } from './application.ts'

/** The application of an item, unchecked. */
export function applicationIn({ pk, stage, clients, keys, limits }: Item): ApplicationCandidate {
  return { id: pk.slice('APPLICATION#'.length), stage, clients, keys, limits }
}

/** Whether what is stored is an application. */
export function isApplication(candidate: ApplicationCandidate): candidate is ApplicationCandidate & Application {
  return applicationFaults(candidate).length === 0
}

/**
 * The application with this id; undefined when there is none.
 * @throws UNAVAILABLE when the table is out of reach, and for an item that is none: what it limits can't be known
 */
export async function readApplication(table: Pick<Table, 'get'>, id: string): Promise<Application | undefined> {
  if (!isApplicationId(id)) return undefined
  const item = await table.get(applicationKey(id))
  if (!item) return undefined
  const found = applicationIn(item)
  if (isApplication(found)) return found
  throw new AppError('UNAVAILABLE', 'a stored application can not be read')
}

/** Most applications of one client that are looked at. */
const ofClientMax = 20

/**
 * Ids of the applications that list this client, in order; undefined without any. An entry can be left of an
 * application that was removed while it could not be read, or that is of another stage.
 * @throws UNAVAILABLE when the table is out of reach
 */
export async function applicationsOf(
  table: Pick<Table, 'query'>,
  client: string,
): Promise<readonly string[] | undefined> {
  const { pk } = clientApplicationKey(client, '')
  const { items } = await table.query({ pk, between: ['0', '~'], forward: true, limit: ofClientMax })
  return items.length === 0 ? undefined : items.map(({ sk }) => sk)
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

const idTaken = 'the id is taken'

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
  await changed('CONFLICT', idTaken, () =>
    table.transact([
      { put: { ...applicationKey(id), ...rest, createdAt }, when: absent },
      { put: { ...applicationEntryKey(id), createdAt }, when: absent },
      ...rest.clients.map((client) => ({ put: { ...clientApplicationKey(client, id), createdAt } })),
    ]),
  )
}

/** What of an application can be changed. `limits: undefined` means those of the code. */
export interface ApplicationChanges extends Partial<Pick<Application, 'clients' | 'keys'>> {
  readonly limits?: Application['limits'] | undefined
}

/** Says what of an application is to be changed. */
export type ChangesOf = (before: Application) => ApplicationChanges

/**
 * What `changesOf` says of the application that is stored. It writes nothing.
 * @throws NOT_FOUND; BAD_USER_INPUT for a change with faults
 */
export async function changesTo(table: Pick<Table, 'get'>, id: string, changesOf: ChangesOf) {
  const before = await readApplication(table, id)
  if (!before) throw new AppError('NOT_FOUND', 'no such application')
  const changes = changesOf(before)
  refuseFaulty({ limits: undefined, ...before, ...changes })
  return { before, changes }
}

/**
 * Changes an application as `changesOf` says of the one that is stored.
 * @throws as `changesTo`; CONFLICT when it was changed meanwhile
 */
export async function changeApplication(
  table: Pick<Table, 'get' | 'transact'>,
  id: string,
  changesOf: ChangesOf,
): Promise<void> {
  const { before, changes } = await changesTo(table, id, changesOf)
  const update = { update: applicationKey(id), set: { ...changes }, when: unchanged(before) }
  await changed('CONFLICT', 'changed meanwhile', () =>
    table.transact([update, ...clientWrites(before, changes.clients ?? before.clients)]),
  )
}

/** No change is lost: the second one of two that have read the same is refused. */
function unchanged({ keys, clients, limits }: Application): Condition {
  const same: Clause = limits === undefined ? ['absent', 'limits'] : ['=', 'limits', limits]
  return [[['=', 'keys', keys], ['=', 'clients', clients], same]]
}

/** The items by which the application is found without a key. */
function clientWrites({ id, clients }: Application, next: readonly string[]): readonly Write[] {
  const added = next.filter((client) => !clients.includes(client))
  const ended = clients.filter((client) => !next.includes(client))
  return [
    ...added.map((client) => ({ put: { ...clientApplicationKey(client, id) } })),
    ...ended.map((client) => ({ remove: clientApplicationKey(client, id) })),
  ]
}

/** @throws CONFLICT for the id of an application, readable or not */
export async function assertFree(table: Pick<Table, 'get'>, id: string): Promise<void> {
  if (await table.get(applicationKey(id))) throw new AppError('CONFLICT', idTaken)
}

/** @throws NOT_FOUND without an application of this id, readable or not */
export async function assertStored(table: Pick<Table, 'get'>, id: string): Promise<void> {
  if (!(await table.get(applicationKey(id)))) throw new AppError('NOT_FOUND', 'no such application')
}

/**
 * Removes an application with its keys, also one that can't be read. A client that it listed has the limit of the code.
 * @throws NOT_FOUND
 */
export async function removeApplication(table: Pick<Table, 'get' | 'transact'>, id: string): Promise<void> {
  const item = await table.get(applicationKey(id))
  const found = item && applicationIn(item)
  const ended = found && isApplication(found) ? clientWrites(found, []) : []
  const remove: Write = { remove: applicationKey(id), when: [[['exists', 'pk']]] }
  await changed('NOT_FOUND', 'no such application', () =>
    table.transact([remove, { remove: applicationEntryKey(id) }, ...ended]),
  )
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
