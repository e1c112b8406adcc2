/** The table in DynamoDB. The only file that knows the AWS SDK, which it loads when it is first needed. */
import { AppError } from '@fieldnotes/core/error'
import type { TableConfig } from '../config/config.ts'
import { pause } from './backoff.ts'
import { type Deadline, within } from './deadline.ts'
import { failureOf, retryable } from './failures.ts'
import { queryInput, transactItem, writeInput } from './inputs.ts'
import type { Item, Key, Range, Write } from './writes.ts'

/** What was asked of DynamoDB so far: network requests (retries counted) and consumed capacity units. */
export interface Used {
  requests: number
  units: number
}

export interface Table {
  /** Consistent, like every read here. */
  readonly get: (key: Key) => Promise<Item | undefined>
  /** The items that exist, in no order. One request per 100 keys; a key may be given twice. */
  readonly batchGet: (keys: readonly Key[]) => Promise<readonly Item[]>
  /** One request. `after` of the next one is `last`; without `last` the stretch is at its end. */
  readonly query: (range: Range) => Promise<{ readonly items: readonly Item[]; readonly last: Key | undefined }>
  /** One write alone. An update returns the item as it is now. @throws ConditionFailed */
  readonly write: (write: Write) => Promise<Item | undefined>
  /** All writes or none, at most 100. @throws ConditionFailed */
  readonly transact: (writes: readonly Write[]) => Promise<void>
  readonly used: Readonly<Used>
}

export interface OpenTable extends Table {
  /** The same table for one request: at its deadline every call ends, and behind it fails at once. @throws UNAVAILABLE */
  readonly until: (deadline: Deadline) => Table
}

const attemptsMax = 6
const backoffMs = 25
const batchMax = 100

const pool = { keepAlive: true, maxSockets: 500 }

/** The AWS SDK as far as it is used here, loaded once. */
export function loadClient() {
  return Promise.all([
    import('@aws-sdk/client-dynamodb'),
    import('@aws-sdk/lib-dynamodb'),
    import('@aws-sdk/util-dynamodb'),
  ])
}

/** The client, its documents and commands: one keep-alive pool of sockets, at most 3 attempts of 3 seconds each. */
async function connect(config: TableConfig, used: Used) {
  const [{ DynamoDBClient }, lib, { unmarshall }] = await loadClient()
  const client = new DynamoDBClient({
    region: config.region,
    ...(config.endpoint && { endpoint: config.endpoint }),
    // Amazon never answers plain HTTP: only a local engine does, and it knows no accounts.
    ...(config.endpoint?.startsWith('http:') && { credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }),
    maxAttempts: 3,
    // The wait for a socket counts as time to connect, so that the pool holds more than one process ever asks at once.
    requestHandler: {
      connectionTimeout: 3000,
      requestTimeout: 3000,
      throwOnRequestTimeout: true,
      httpsAgent: pool,
      httpAgent: pool,
    },
  })
  const documents = lib.DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } })
  client.middlewareStack.add(
    (next) => (sent) => {
      used.requests += 1
      return next(sent)
    },
    { step: 'deserialize', name: 'countRequests' },
  )
  return { documents, lib, unmarshall: (item: unknown) => unmarshall(item as Parameters<typeof unmarshall>[0]) as Item }
}

type Connection = Awaited<ReturnType<typeof connect>>
type Capacity = { CapacityUnits?: number | undefined }
type Metered = { ConsumedCapacity?: Capacity | Capacity[] | undefined }

type Act<Out> = (open: Connection, options: { readonly abortSignal?: AbortSignal }) => Promise<Out>

/** Sends until it is done or refused for good: a bounded number of times, each a little later. */
type Send = <Out extends Metered>(act: Act<Out>) => Promise<Out>

function createSend(config: TableConfig, used: Used): Send {
  let connection: Promise<Connection> | undefined
  return async (act) => {
    connection ??= connect(config, used)
    const open = await connection
    for (let attempt = 1; ; attempt += 1) {
      try {
        const out = await act(open, {})
        for (const capacity of [out.ConsumedCapacity ?? []].flat()) used.units += capacity.CapacityUnits ?? 0
        return out
      } catch (error) {
        if (attempt === attemptsMax || !retryable(error)) throw failureOf(error, open.unmarshall)
        await pause(attempt, backoffMs)
      }
    }
  }
}

/** Sends, tries again and waits no longer than the deadline allows. */
function sendUntil(send: Send, deadline: Deadline): Send {
  return (act) => within(deadline, (abortSignal) => send((open) => act(open, { abortSignal })))
}

const metered = { ReturnConsumedCapacity: 'TOTAL' } as const

/** At most 100 different keys. What DynamoDB leaves over is asked for again. */
async function getChunk(send: Send, table: string, keys: readonly Key[]): Promise<Item[]> {
  let wanted: Record<string, unknown>[] = keys.map(({ pk, sk }) => ({ pk, sk }))
  const found: Item[] = []
  for (let attempt = 1; wanted.length > 0; attempt += 1) {
    if (attempt > attemptsMax) throw new AppError('UNAVAILABLE', 'keys left unprocessed')
    if (attempt > 1) await pause(attempt, backoffMs)
    const input = { ...metered, RequestItems: { [table]: { Keys: wanted, ConsistentRead: true } } }
    const out = await send(({ documents, lib }, options) => documents.send(new lib.BatchGetCommand(input), options))
    found.push(...((out.Responses?.[table] ?? []) as Item[]))
    wanted = out.UnprocessedKeys?.[table]?.Keys ?? []
  }
  return found
}

function reads(send: Send, name: string): Pick<Table, 'get' | 'batchGet' | 'query'> {
  return {
    get: async (Key) => {
      const input = { ...metered, TableName: name, Key, ConsistentRead: true }
      const out = await send(({ documents, lib }, options) => documents.send(new lib.GetCommand(input), options))
      return out.Item as Item | undefined
    },
    batchGet: async (keys) => {
      const distinct = [...new Map(keys.map((key) => [`${key.pk}\n${key.sk}`, key])).values()]
      const chunks = Array.from({ length: Math.ceil(distinct.length / batchMax) }, (_, index) =>
        distinct.slice(index * batchMax, (index + 1) * batchMax),
      )
      return (await Promise.all(chunks.map((chunk) => getChunk(send, name, chunk)))).flat()
    },
    query: async (range) => {
      const input = { ...metered, TableName: name, ...queryInput(range) }
      const out = await send(({ documents, lib }, options) => documents.send(new lib.QueryCommand(input), options))
      return { items: (out.Items ?? []) as Item[], last: out.LastEvaluatedKey as Key | undefined }
    },
  }
}

function writes(send: Send, name: string): Pick<Table, 'write' | 'transact'> {
  return {
    write: async (write) => {
      const input = { ...metered, TableName: name, ...writeInput(write) }
      if ('put' in write) {
        await send(({ documents, lib }, options) =>
          documents.send(new lib.PutCommand({ ...input, Item: write.put }), options),
        )
        return undefined
      }
      if ('remove' in write) {
        await send(({ documents, lib }, options) =>
          documents.send(new lib.DeleteCommand({ ...input, Key: write.remove }), options),
        )
        return undefined
      }
      const update = { ...input, Key: write.update, ReturnValues: 'ALL_NEW' } as const
      const out = await send(({ documents, lib }, options) => documents.send(new lib.UpdateCommand(update), options))
      return out.Attributes as Item | undefined
    },
    transact: async (all) => {
      const input = { ...metered, TransactItems: all.map((write) => transactItem(name, write)) }
      await send(({ documents, lib }, options) => documents.send(new lib.TransactWriteCommand(input), options))
    },
  }
}

/** Opens the table. Nothing is loaded and nobody is asked before the first request. */
export function createTable(config: TableConfig): OpenTable {
  const used: Used = { requests: 0, units: 0 }
  const send = createSend(config, used)
  const through = (by: Send): Table => ({ used, ...reads(by, config.name), ...writes(by, config.name) })
  return { ...through(send), until: (deadline) => through(sendUntil(send, deadline)) }
}
