/**
 * A proxy of the database that allows a function what its row of the rights allows, as IAM does on AWS, and knows which
 * of these rights were used.
 */
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { type FunctionName, type Right, rights, type TableAction } from '../../src/rights.ts'
import type { TableConfig } from '../../src/table-config.ts'

/** A request for one item or one partition. */
interface Access {
  readonly action: TableAction
  /** The name of the table at the database. */
  readonly table: string
  readonly pk: string
}

/** One action on one kind of partition. */
interface Single {
  readonly table: Right['table']
  readonly action: TableAction
  readonly partition: string
}

/** The tables behind a line. */
type Tables = Readonly<Partial<Record<Right['table'], TableConfig>>>

/** A line to tables. */
export interface LimitedLine<Behind extends Tables = Tables> {
  readonly tables: Behind
  /** Each access that was refused, as `PutItem PERSON#`. */
  readonly refused: readonly string[]
  /** The rights that no access has used so far, as `PutItem PERSON#*`. */
  readonly unused: () => readonly string[]
  readonly close: () => Promise<void>
}

interface Attributes {
  readonly pk: { readonly S: string }
}

/** A request for one item. */
interface One {
  readonly TableName: string
  readonly Key?: Attributes
  readonly Item?: Attributes
}

/** The members of requests that say what is accessed. */
interface Body extends One {
  readonly TransactItems: readonly Readonly<Record<string, One>>[]
  readonly RequestItems: Readonly<Record<string, { readonly Keys: readonly Attributes[] }>>
  readonly KeyConditionExpression: string
  readonly ExpressionAttributeValues: Readonly<Record<string, { readonly S: string }>>
}

const writeActions: Readonly<Record<string, TableAction>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
}

function one(action: TableAction) {
  return ({ TableName: table, Key, Item }: One): readonly Access[] => [{ action, table, pk: textOf((Item ?? Key)?.pk) }]
}

function textOf(value: { readonly S: string } | undefined): string {
  if (typeof value?.S === 'string') return value.S
  throw new TypeError('a request without a partition key')
}

function inTransaction(item: Body['TransactItems'][number]): readonly Access[] {
  return Object.entries(item).flatMap(([kind, write]) => {
    const action = writeActions[kind]
    if (action) return one(action)(write)
    throw new TypeError(`no right is known for ${kind} of a transaction`)
  })
}

/** Operation of DynamoDB → what it accesses. */
const accessesOf: Readonly<Record<string, (body: Body) => readonly Access[]>> = {
  GetItem: one('GetItem'),
  PutItem: one('PutItem'),
  UpdateItem: one('UpdateItem'),
  DeleteItem: one('DeleteItem'),
  TransactWriteItems: ({ TransactItems }) => TransactItems.flatMap(inTransaction),
  BatchGetItem: ({ RequestItems }) =>
    Object.entries(RequestItems).flatMap(([table, { Keys }]) =>
      Keys.map(({ pk }) => ({ action: 'BatchGetItem', table, pk: textOf(pk) }) as const),
    ),
  Query: ({ TableName: table, KeyConditionExpression, ExpressionAttributeValues: values }) => {
    const [, name = ''] = /^#\w+ = (:\w+) AND/.exec(KeyConditionExpression) ?? []
    return [{ action: 'Query', table, pk: textOf(values[name]) }]
  },
}

function matches(pattern: string, pk: string): boolean {
  return pattern.endsWith('*') ? pk.startsWith(pattern.slice(0, -1)) : pk === pattern
}

/** The rights of these functions, one by one. */
function singlesOf(names: readonly FunctionName[]): readonly Single[] {
  const all: readonly Right[] = names.flatMap<Right>((name) => rights[name])
  return all.flatMap(({ table, partitions, actions }) =>
    partitions.flatMap((partition) => actions.map((action) => ({ table, action, partition }))),
  )
}

function titleOf({ action, partition }: Single): string {
  return `${action} ${partition}`
}

function shown({ action, pk }: Access): string {
  return `${action} ${pk.replace(/#.*/, '#')}`
}

function operationOf(request: IncomingMessage): string {
  return String(request.headers['x-amz-target']).split('.').at(-1) ?? ''
}

const type = 'application/x-amz-json-1.0'

/** Judges requests by the rights of these functions. */
function judgeOf(names: readonly FunctionName[], tables: Tables) {
  const refused: string[] = []
  const singles = singlesOf(names)
  const used = new Set<Single>()

  function isRefused(operation: string, body: string): boolean {
    const accesses = accessesOf[operation]
    if (!accesses) throw new TypeError(`no right is known for ${operation}`)
    return accesses(JSON.parse(body)).filter(isWithout).length > 0
  }

  /** Whether an access has no right. One to a table that is not behind the line needs none. */
  function isWithout(access: Access): boolean {
    const shape = (['access', 'rates'] as const).find((name) => tables[name]?.name === access.table)
    if (!shape) return false
    const fits = singles.filter(
      ({ table, action, partition }) => table === shape && action === access.action && matches(partition, access.pk),
    )
    for (const single of fits) used.add(single)
    if (fits.length === 0) refused.push(shown(access))
    return fits.length === 0
  }

  return { refused, isRefused, unused: () => singles.filter((single) => !used.has(single)).map(titleOf) }
}

/** Opens the line of these functions to their tables. Another table of the same database is not limited. */
export async function openLimitedLine<Behind extends Tables>(
  names: readonly FunctionName[],
  tables: Behind,
): Promise<LimitedLine<Behind>> {
  const { refused, unused, isRefused } = judgeOf(names, tables)
  const database = Object.values(tables).find((table) => table)?.endpoint ?? ''
  const server = createServer(async (request, response) => {
    const [operation, body] = [operationOf(request), await text(request)]
    if (isRefused(operation, body)) {
      const __type = 'com.amazon.coral.service#AccessDeniedException'
      return response
        .writeHead(400, { 'content-type': type })
        .end(JSON.stringify({ __type, message: 'not authorized' }))
    }
    const kept = Object.entries(request.headers).filter(([name]) => /^(x-amz|content-type|authorization)/.test(name))
    const headers = Object.fromEntries(kept.map(([name, value]) => [name, String(value)]))
    const answer = await fetch(database, { method: 'POST', headers, body })
    return response.writeHead(answer.status, { 'content-type': type }).end(Buffer.from(await answer.arrayBuffer()))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const behind = Object.entries(tables).map(([shape, table]) => [shape, { ...table, endpoint }])
  return {
    tables: Object.fromEntries(behind) as Behind,
    refused,
    unused,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
