/** The table in DynamoDB: consistent reads, conditional writes, transactions. */
import { randomUUID } from 'node:crypto'
import { AppError } from '@fieldnotes/core/error'
import { backoff } from './backoff.ts'
import { queryInput, transactItem, writeInput } from './command-inputs.ts'
import { createSend, recorded, type Send, type Used } from './connection.ts'
import { type Deadline, within } from './deadline.ts'
import { LostAnswer } from './failures.ts'
import { requestAttemptsMax, requestWaitMs } from './retry-limits.ts'
import type { TableConfig } from './table-config.ts'
import type { Item, Key, Query, Update, Write } from './writes.ts'

/** Every read is consistent. Every call throws UNAVAILABLE when the table can't be reached. */
export interface Table {
  readonly get: (key: Key) => Promise<Item | undefined>
  /** The items that exist, in no order. One request for each 100 keys; a key may be given twice. */
  readonly batchGet: (keys: readonly Key[]) => Promise<readonly Item[]>
  /** One request. `last` is the `after` of the next query; undefined at the end of the range. */
  readonly query: (query: Query) => Promise<{ readonly items: readonly Item[]; readonly last: Key | undefined }>
  /** A single write. @throws ConditionFailed */
  readonly write: (write: Write) => Promise<void>
  /** A single update, which returns the new item. @throws ConditionFailed */
  readonly update: (update: Update) => Promise<Item>
  /** All writes or none, at most 100. @throws ConditionFailed */
  readonly transact: (writes: readonly Write[]) => Promise<void>
  readonly used: Readonly<Used>
}

export interface OpenTable extends Table {
  /** The same table with a deadline: a running call ends at it, and a later call fails at once. @throws UNAVAILABLE */
  readonly until: (deadline: Deadline) => Table
}

/** BatchGetItem's own limit. */
const batchMax = 100

function sendUntil(send: Send, deadline: Deadline, late?: () => AppError): Send {
  return (act) =>
    within(deadline, (abortSignal) => send((open, call) => act(open, { ...call, options: { abortSignal } })), late)
}

function lateWrite() {
  return new LostAnswer('the deadline passed during a write')
}

const metered = { ReturnConsumedCapacity: 'TOTAL' } as const

/** At most 100 different keys. Keys that DynamoDB leaves unprocessed are sent again. */
async function getChunk(send: Send, table: string, keys: readonly Key[]): Promise<Item[]> {
  let wanted: Record<string, unknown>[] = keys.map(({ pk, sk }) => ({ pk, sk }))
  const found: Item[] = []
  for (let attempt = 1; wanted.length > 0; attempt += 1) {
    if (attempt > requestAttemptsMax) throw new AppError('UNAVAILABLE', 'keys left unprocessed')
    if (attempt > 1) await backoff(attempt, requestWaitMs)
    const input = { ...metered, RequestItems: { [table]: { Keys: wanted, ConsistentRead: true } } }
    const out = await send(({ documents, lib }, { options }) => documents.send(new lib.BatchGetCommand(input), options))
    found.push(...((out.Responses?.[table] ?? []) as Item[]))
    wanted = out.UnprocessedKeys?.[table]?.Keys ?? []
  }
  return found
}

function reads(send: Send, name: string): Pick<Table, 'get' | 'batchGet' | 'query'> {
  return {
    get: async (Key) => {
      const input = { ...metered, TableName: name, Key, ConsistentRead: true }
      const out = await send(({ documents, lib }, { options }) => documents.send(new lib.GetCommand(input), options))
      return out.Item as Item | undefined
    },
    batchGet: async (keys) => {
      const distinct = [...new Map(keys.map((key) => [`${key.pk}\n${key.sk}`, key])).values()]
      const chunks = Array.from({ length: Math.ceil(distinct.length / batchMax) }, (_, index) =>
        distinct.slice(index * batchMax, (index + 1) * batchMax),
      )
      return (await Promise.all(chunks.map((chunk) => getChunk(send, name, chunk)))).flat()
    },
    query: async (query) => {
      const input = { ...metered, TableName: name, ...queryInput(query) }
      const out = await send(({ documents, lib }, { options }) => documents.send(new lib.QueryCommand(input), options))
      return { items: (out.Items ?? []) as Item[], last: out.LastEvaluatedKey as Key | undefined }
    },
  }
}

function writes(send: Send, name: string): Pick<Table, 'write' | 'update' | 'transact'> {
  const update: Table['update'] = async (write) => {
    const input = { ...metered, TableName: name, ...writeInput(write), Key: write.update } as const
    const out = await send(({ documents, lib }, call) =>
      documents.send(recorded(new lib.UpdateCommand({ ...input, ReturnValues: 'ALL_NEW' }), call), call.options),
    )
    if (!out.Attributes) throw new LostAnswer('an update without the new item')
    return out.Attributes as Item
  }
  return {
    update,
    write: async (write) => {
      const input = { ...metered, TableName: name, ...writeInput(write) }
      if ('update' in write) await update(write)
      else if ('put' in write) {
        await send(({ documents, lib }, call) =>
          documents.send(recorded(new lib.PutCommand({ ...input, Item: write.put }), call, write.isNew), call.options),
        )
      } else {
        await send(({ documents, lib }, call) =>
          documents.send(recorded(new lib.DeleteCommand({ ...input, Key: write.remove }), call), call.options),
        )
      }
    },
    transact: async (all) => {
      const input = { ...metered, TransactItems: all.map((write) => transactItem(name, write)) }
      let token = randomUUID()
      await send(({ documents, lib }, call) => {
        // DynamoDB does a transaction once for each token. A new one is used where the last refusal is certain.
        if (!call.attempts.lost) token = randomUUID()
        const command = new lib.TransactWriteCommand({ ...input, ClientRequestToken: token })
        return documents.send(recorded(command, call), call.options)
      })
    },
  }
}

/** Opens the table. It loads the AWS SDK and connects with the first call. */
export function createTable(config: TableConfig): OpenTable {
  const used: Used = { requests: 0, units: 0 }
  const send = createSend(config, used)
  const through = (reading: Send, writing: Send): Table => ({
    used,
    ...reads(reading, config.name),
    ...writes(writing, config.name),
  })
  return {
    ...through(send, send),
    until: (deadline) => through(sendUntil(send, deadline), sendUntil(send, deadline, lateWrite)),
  }
}
