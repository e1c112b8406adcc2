/**
 * Clients of third parties in the table `Access`. The issuer reads them; operators alone write them. Each has an entry
 * in one partition, so that they can be listed without a scan.
 */
import { AppError } from '@fieldnotes/core/error'
import { clientEntryKey, clientKey } from '@fieldnotes/table/access-keys'
import { isWritten } from '@fieldnotes/table/failures'
import { seconds } from '@fieldnotes/table/instants'
import { writeRevocation } from '@fieldnotes/table/revocations'
import type { Table } from '@fieldnotes/table/table'
import type { Condition, Item } from '@fieldnotes/table/writes'
import { clientFaults, isClientId } from '../grants/client-faults.ts'
import { type ClientRow, ownClientIds } from '../grants/client-rows.ts'
import { type Credentials, credentialsFaults, type IssuerClient } from './issuer-client.ts'

/** Name of the row of this issuer, by which revocations name its clients. */
export const issuerName = 'fieldnotes'

/** Names that no third party may have: own clients, and apps of the table of grants. */
const reserved: readonly string[] = [...ownClientIds, 'firebase', 'web']

/** A client whose row has not been checked. */
export interface ClientCandidate extends Omit<IssuerClient, 'row'> {
  readonly row: unknown
}

/** Returns one sentence for each fault of a client of a third party. */
export function storedClientFaults({ id, row, credentials }: ClientCandidate): readonly string[] {
  const faults = clientFaults(row, 'third')
  return [
    ...(isClientId(id) ? [] : ['the id is not 1 to 64 lower-case letters, digits and hyphens']),
    ...(reserved.includes(id) ? ['the id is one of the product’s own'] : []),
    ...(faults.length > 0 ? faults : credentialsFaults((row as ClientRow).auth, credentials)),
  ]
}

/**
 * The client with this id; undefined when there is none, when it is disabled, and for an item that the rules of today
 * do not allow.
 * @throws UNAVAILABLE when the table is out of reach
 */
export async function readClient(table: Pick<Table, 'get'>, id: string): Promise<IssuerClient | undefined> {
  if (!isClientId(id)) return undefined
  const item = await table.get(clientKey(id))
  const client = item && clientOf(id, item)
  return client && item.disabledAt === undefined && storedClientFaults(client).length === 0 ? client : undefined
}

function clientOf(id: string, { row, credentials }: Item): IssuerClient {
  return { id, row: row as IssuerClient['row'], credentials: (credentials ?? {}) as Credentials }
}

const absent: Condition = [[['absent', 'pk']]]
const exists: Condition = [[['exists', 'pk']]]
const idTaken = 'the id is taken'

/**
 * Stores a new client. `now` is in milliseconds since the epoch.
 * @throws BAD_USER_INPUT for a client with faults; CONFLICT when the id is taken
 */
export async function addClient(table: Pick<Table, 'transact'>, client: ClientCandidate, now: number): Promise<void> {
  const [fault] = storedClientFaults(client)
  if (fault !== undefined)
    throw new AppError('BAD_USER_INPUT', fault, { message: `The client can’t be added: ${fault}.` })
  const { id, row, credentials } = client
  const createdAt = seconds(now)
  await changed('CONFLICT', idTaken, () =>
    table.transact([
      { put: { ...clientKey(id), row, credentials, createdAt }, when: absent },
      { put: { ...clientEntryKey(id), createdAt }, when: absent },
    ]),
  )
}

/** The credentials of a client after a change. */
export type CredentialsAfter = (before: Credentials) => Credentials

/** @throws NOT_FOUND for an id that no client has, also none that is disabled */
export async function assertStored(table: Pick<Table, 'get'>, id: string): Promise<void> {
  await itemOf(table, id)
}

/** @throws CONFLICT for an id that a client has, also one that is disabled */
export async function assertFree(table: Pick<Table, 'get'>, id: string): Promise<void> {
  if (await table.get(clientKey(id))) throw new AppError('CONFLICT', idTaken)
}

async function itemOf(table: Pick<Table, 'get'>, id: string): Promise<Item> {
  const item = await table.get(clientKey(id))
  if (!item) throw new AppError('NOT_FOUND', 'no such client')
  return item
}

/**
 * What `rotateClient` would store; it writes nothing.
 * @throws BAD_USER_INPUT for credentials with faults; NOT_FOUND; CONFLICT for a client that is disabled
 */
export async function credentialsTo(table: Pick<Table, 'get'>, id: string, after: CredentialsAfter) {
  const item = await itemOf(table, id)
  if (item.disabledAt !== undefined) throw new AppError('CONFLICT', 'the client is disabled')
  const { row, credentials: before } = clientOf(id, item)
  const credentials = after(before)
  const [fault] = credentialsFaults(row.auth, credentials)
  if (fault !== undefined) throw new AppError('BAD_USER_INPUT', fault)
  return { credentials, stored: item.credentials }
}

/**
 * Replaces the credentials of a client. List the digest of the earlier secret too until its holder has the new one.
 * @throws as `credentialsTo`; CONFLICT also for a client that is changed meanwhile
 */
export async function rotateClient(
  table: Pick<Table, 'get' | 'update'>,
  id: string,
  after: CredentialsAfter,
): Promise<void> {
  const { credentials, stored } = await credentialsTo(table, id, after)
  const when: Condition = [[['=', 'credentials', stored]]]
  await changed('CONFLICT', 'changed meanwhile', () =>
    table.update({ update: clientKey(id), set: { credentials }, when }),
  )
}

/**
 * Ends a client: it gets no more tokens, and those that it has are refused within 10 seconds. `now` is in milliseconds
 * since the epoch. Repeat the call when its effect is unknown.
 * @throws NOT_FOUND; UNAVAILABLE
 */
export async function disableClient(table: Pick<Table, 'update' | 'write'>, id: string, now: number): Promise<void> {
  const at = seconds(now)
  await changed('NOT_FOUND', 'no such client', () =>
    table.update({ update: clientKey(id), set: { disabledAt: at }, when: exists }),
  )
  await writeRevocation(table, { kind: 'client', issuer: issuerName, clientId: id, at }, now)
}

/**
 * Gives a client tokens again: for people who sign in from then on, and for itself once its revocation has expired.
 * @throws NOT_FOUND
 */
export async function enableClient(table: Pick<Table, 'update'>, id: string): Promise<void> {
  const set = { disabledAt: undefined }
  await changed('NOT_FOUND', 'no such client', () => table.update({ update: clientKey(id), set, when: exists }))
}

/** A client as operators see it. */
export interface ListedStoredClient {
  readonly id: string
  readonly profile: string
  readonly auth: string
  /** What today's rules find wrong with it: with a fault it gets no tokens. */
  readonly faults: readonly string[]
  readonly disabled: boolean
  /** Seconds since the epoch. */
  readonly createdAt: number
}

/** All clients of third parties, by id. A page has at most 100. */
export async function listClients(
  table: Pick<Table, 'query' | 'batchGet'>,
  after?: string,
): Promise<readonly ListedStoredClient[]> {
  const { pk } = clientEntryKey('')
  const from = after === undefined ? {} : { after: clientEntryKey(after) }
  const { items } = await table.query({ pk, between: ['-', '~'], forward: true, limit: 100, ...from })
  const found = await table.batchGet(items.map(({ sk }) => clientKey(sk)))
  return found.map(listed).toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

function listed(item: Item): ListedStoredClient {
  const { pk, row, disabledAt, createdAt } = item
  const id = pk.slice('CLIENT#'.length)
  const { profile = '', auth = '' } = (row ?? {}) as { readonly profile?: string; readonly auth?: string }
  const faults = storedClientFaults(clientOf(id, item))
  return { id, profile, auth, faults, disabled: disabledAt !== undefined, createdAt: Number(createdAt) }
}

async function changed(code: 'CONFLICT' | 'NOT_FOUND', reason: string, act: () => Promise<unknown>): Promise<void> {
  if (!(await isWritten(act))) throw new AppError(code, reason)
}
