/** A proxy of the database that allows a function what its row of the rights allows, as IAM does on AWS. */
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { type FunctionName, type Right, rights, type TableAction } from '../../src/rights.ts'
import type { TableConfig } from '../../src/table-config.ts'

/** A request for one item or one partition. */
interface Access {
  readonly action: TableAction
  readonly table: string
  readonly pk: string
}

export interface LimitedLine {
  readonly config: TableConfig
  /** Each access that was refused, as `PutItem PERSON#`. */
  readonly refused: readonly string[]
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

function isAllowed(names: readonly FunctionName[], { action, pk }: Access): boolean {
  const all: readonly Right[] = names.flatMap<Right>((name) => rights[name])
  return all.some(
    ({ table, partitions, actions }) =>
      table === 'access' && actions.includes(action) && partitions.some((pattern) => matches(pattern, pk)),
  )
}

function shown({ action, pk }: Access): string {
  return `${action} ${pk.replace(/#.*/, '#')}`
}

function operationOf(request: IncomingMessage): string {
  return String(request.headers['x-amz-target']).split('.').at(-1) ?? ''
}

const type = 'application/x-amz-json-1.0'

/** Opens the line of these functions to their table Access. Another table of the same database is not limited. */
export async function openLimitedLine(config: TableConfig, ...names: readonly FunctionName[]): Promise<LimitedLine> {
  const refused: string[] = []

  function isRefused(operation: string, body: string): boolean {
    const accesses = accessesOf[operation]
    if (!accesses) throw new TypeError(`no right is known for ${operation}`)
    const here = accesses(JSON.parse(body)).filter(({ table }) => table === config.name)
    const without = here.filter((access) => !isAllowed(names, access)).map(shown)
    refused.push(...without)
    return without.length > 0
  }

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
    const answer = await fetch(config.endpoint ?? '', { method: 'POST', headers, body })
    return response.writeHead(answer.status, { 'content-type': type }).end(Buffer.from(await answer.arrayBuffer()))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    config: { ...config, endpoint: `http://127.0.0.1:${port}` },
    refused,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
