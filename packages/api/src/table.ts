/** The table in DynamoDB. The only file that knows the AWS SDK, which it loads with the first request. */
import { AppError } from '@fieldnotes/core/error'
import { tableShape } from '@fieldnotes/core/table-shape'
import type { TableConfig } from './config.ts'
import { pause } from './pause.ts'
import { failureOf, retryable } from './table-failures.ts'
import { conditionText, type Item, type Key, Placeholders, type Range, updateText, type Write } from './table-writes.ts'

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

const attemptsMax = 6
const backoffMs = 25
const batchMax = 100

/** The client, its documents and commands: one keep-alive pool of sockets, at most 3 attempts of 2 seconds each. */
const connect = async (config: TableConfig, used: Used) => {
  const [{ DynamoDBClient }, lib, { unmarshall }] = await Promise.all([
    import('@aws-sdk/client-dynamodb'),
    import('@aws-sdk/lib-dynamodb'),
    import('@aws-sdk/util-dynamodb'),
  ])
  const client = new DynamoDBClient({
    region: config.region,
    ...(config.endpoint && { endpoint: config.endpoint }),
    // Amazon never answers plain HTTP: only a local engine does, and it knows no accounts.
    ...(config.endpoint?.startsWith('http:') && { credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }),
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 2000, throwOnRequestTimeout: true },
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

/** Opens the table. Nothing is loaded and nobody is asked before the first request. */
export const createTable = (config: TableConfig): Table => {
  const used: Used = { requests: 0, units: 0 }
  const base = { TableName: config.name, ReturnConsumedCapacity: 'TOTAL' } as const
  let connection: Promise<Connection> | undefined

  /** Sends until it is done or refused for good: a bounded number of times, each a little later. */
  const send = async <Out extends { ConsumedCapacity?: Capacity | Capacity[] | undefined }>(
    act: (open: Connection) => Promise<Out>,
  ): Promise<Out> => {
    connection ??= connect(config, used)
    const open = await connection
    for (let attempt = 1; ; attempt += 1) {
      try {
        const out = await act(open)
        for (const capacity of [out.ConsumedCapacity ?? []].flat()) used.units += capacity.CapacityUnits ?? 0
        return out
      } catch (error) {
        if (attempt === attemptsMax || !retryable(error)) throw failureOf(error, open.unmarshall)
        await pause(attempt, backoffMs)
      }
    }
  }

  const batchGet = async (keys: readonly Key[]): Promise<Item[]> => {
    let wanted: Record<string, unknown>[] = keys.map(({ pk, sk }) => ({ pk, sk }))
    const found: Item[] = []
    for (let attempt = 1; wanted.length > 0; attempt += 1) {
      const RequestItems = { [config.name]: { Keys: wanted, ConsistentRead: true } }
      const out = await send(({ documents, lib }) =>
        documents.send(new lib.BatchGetCommand({ RequestItems, ReturnConsumedCapacity: 'TOTAL' })),
      )
      found.push(...((out.Responses?.[config.name] ?? []) as Item[]))
      wanted = out.UnprocessedKeys?.[config.name]?.Keys ?? []
      if (wanted.length > 0 && attempt === attemptsMax) throw new AppError('UNAVAILABLE', 'keys left unprocessed')
      if (wanted.length > 0) await pause(attempt, backoffMs)
    }
    return found
  }

  return {
    used,
    get: async (key) => {
      const out = await send(({ documents, lib }) =>
        documents.send(new lib.GetCommand({ ...base, Key: key, ConsistentRead: true })),
      )
      return out.Item as Item | undefined
    },
    batchGet: async (keys) => {
      const distinct = [...new Map(keys.map((key) => [`${key.pk}\n${key.sk}`, key])).values()]
      const chunks = Array.from({ length: Math.ceil(distinct.length / batchMax) }, (_, index) =>
        distinct.slice(index * batchMax, (index + 1) * batchMax),
      )
      return (await Promise.all(chunks.map(batchGet))).flat()
    },
    query: async (range) => {
      const input = { ...base, ...queryInput(range) }
      const out = await send(({ documents, lib }) => documents.send(new lib.QueryCommand(input)))
      return { items: (out.Items ?? []) as Item[], last: out.LastEvaluatedKey as Key | undefined }
    },
    write: async (write) => {
      const input = { ...base, ...writeInput(write) }
      if ('put' in write) {
        await send(({ documents, lib }) => documents.send(new lib.PutCommand({ ...input, Item: write.put })))
        return undefined
      }
      if ('remove' in write) {
        await send(({ documents, lib }) => documents.send(new lib.DeleteCommand({ ...input, Key: write.remove })))
        return undefined
      }
      const asked = { ...input, Key: write.update, ReturnValues: 'ALL_NEW' } as const
      const out = await send(({ documents, lib }) => documents.send(new lib.UpdateCommand(asked)))
      return out.Attributes as Item | undefined
    },
    transact: async (writes) => {
      const TransactItems = writes.map((write) => transactItem(config.name, write))
      await send(({ documents, lib }) =>
        documents.send(new lib.TransactWriteCommand({ TransactItems, ReturnConsumedCapacity: 'TOTAL' })),
      )
    },
  }
}

const queryInput = ({ pk, byChange, between, after, forward, limit, where }: Range) => {
  const places = new Placeholders()
  const sort = places.name(byChange ? tableShape.localIndex.sortKey : tableShape.sortKey)
  const text = `${places.name(tableShape.partitionKey)} = ${places.value(pk)}`
  const stretch = `${sort} BETWEEN ${places.value(between[0])} AND ${places.value(between[1])}`
  return {
    ...(byChange && { IndexName: tableShape.localIndex.name }),
    KeyConditionExpression: `${text} AND ${stretch}`,
    ...(where && { FilterExpression: conditionText(where, places) }),
    ...places.members(),
    ...(after && { ExclusiveStartKey: after }),
    ScanIndexForward: forward,
    ConsistentRead: true,
    Limit: limit,
  }
}

/** The members that single writes and writes of a transaction share. A failed condition brings the item back. */
const writeInput = (write: Write) => {
  const places = new Placeholders()
  const update = 'update' in write && { UpdateExpression: updateText(write.set ?? {}, write.add ?? {}, places) }
  const condition = write.when && {
    ConditionExpression: conditionText(write.when, places),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  }
  return { ...update, ...condition, ...places.members() }
}

const transactItem = (TableName: string, write: Write) => {
  const input = { TableName, ...writeInput(write) }
  if ('put' in write) return { Put: { ...input, Item: write.put } }
  if ('remove' in write) return { Delete: { ...input, Key: write.remove } }
  return { Update: { ...input, Key: write.update, UpdateExpression: input.UpdateExpression ?? '' } }
}
