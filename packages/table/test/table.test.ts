/** The table with a server that speaks DynamoDB's protocol and fails as each test sets it. */
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { AppError } from '@fieldnotes/core/error'
import { afterEach, describe, expect, it } from 'vitest'
import { ConditionFailed } from '../src/failures.ts'
import { createTable } from '../src/table.ts'
import { startEngine } from './kit/engine.ts'
import { bePatient } from './kit/patience.ts'

bePatient()

type Reply = (response: ServerResponse) => void

function json(status: number, body: object): Reply {
  return (response) =>
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body))
}

function refusal(name: string, more = {}): Reply {
  return json(400, { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'as configured', ...more })
}

function cancelled(...codes: string[]): Reply {
  return refusal('TransactionCanceledException', { CancellationReasons: codes.map((Code) => ({ Code })) })
}

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

/** A server that sends these replies one after the other, repeats the last one, and records the requests. */
async function farSide(...replies: Reply[]) {
  let count = 0
  const sent: string[] = []
  server = createServer(async (request, response) => {
    sent.push(await text(request))
    const reply = replies[Math.min(count, replies.length - 1)]
    count += 1
    reply?.(response)
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server?.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  return {
    table: createTable({ name: 't', region: 'eu-west-1', endpoint: `http://127.0.0.1:${port}` }),
    requests: () => count,
    sent,
  }
}

const key = { pk: 'p', sk: 's' }
const found = json(200, { Item: { pk: { S: 'p' }, sk: { S: 's' }, n: { N: '1' } } })

async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return error instanceof AppError ? error.code : (error as Error | undefined)?.name
}

describe('the table', () => {
  it.each([
    ['throttled', refusal('ProvisionedThroughputExceededException')],
    ['throttled by the account', refusal('ThrottlingException')],
    ['failing', json(500, { __type: 'InternalServerError' })],
    ['cutting the line', (response: ServerResponse) => response.destroy()],
  ])('sends again when %s once', async (_, reply) => {
    const { table, requests } = await farSide(reply, found)
    expect(await table.get(key)).toEqual({ ...key, n: 1 })
    expect([requests(), table.used.requests]).toEqual([2, 2])
  })

  it.each([
    ['throttled', refusal('ProvisionedThroughputExceededException'), 3],
    ['failing', json(500, { __type: 'InternalServerError' }), 3],
    ['cutting the line', (response: ServerResponse) => response.destroy(), 3],
    ['without the table', refusal('ResourceNotFoundException'), 1],
    ['refusing our credentials', refusal('AccessDeniedException'), 1],
    ['busy with another transaction', refusal('TransactionConflictException'), 6],
  ] as const)('gives up after a bounded number of attempts when always %s', async (_, reply, attempts) => {
    const { table, requests } = await farSide(reply as Reply)
    expect(await codeOf(table.get(key))).toBe('UNAVAILABLE')
    expect(requests()).toBe(attempts)
  })

  it('reads consistently, whatever it reads: who writes sees the write', async () => {
    const { table, sent } = await farSide(json(200, {}))
    const range = { pk: 'p', between: ['a', 'b'], forward: true, limit: 1 } as const
    await table.get(key)
    await table.batchGet([key])
    await table.query(range)
    for (const index of ['byChange', 'changePlaces'] as const) await table.query({ ...range, index })
    expect(sent.map((body) => body.match(/"ConsistentRead":[a-z]+/g))).toEqual(Array(5).fill(['"ConsistentRead":true']))
  })

  it('is UNAVAILABLE when no server listens', async () => {
    const table = createTable({ name: 't', region: 'eu-west-1', endpoint: 'http://127.0.0.1:1' })
    expect(await codeOf(table.get(key))).toBe('UNAVAILABLE')
  })

  it('gives up on a far side that never answers', async () => {
    const { table, requests } = await farSide(() => undefined)
    expect(await codeOf(table.get(key))).toBe('UNAVAILABLE')
    expect(requests()).toBe(3)
  })

  it('tries a transaction again that met another one, and counts every attempt', async () => {
    const { table } = await farSide(
      cancelled('None', 'TransactionConflict'),
      cancelled('ThrottlingError', 'None'),
      json(200, {}),
    )
    await table.transact([{ put: key }, { remove: { ...key, sk: 'x' } }])
    expect(table.used.requests).toBe(3)
  })

  it('distinguishes a failed condition from a busy item, and does not send it again', async () => {
    const { table, requests } = await farSide(cancelled('TransactionConflict', 'ConditionalCheckFailed'))
    expect(await codeOf(table.transact([{ put: key }, { put: { ...key, sk: 'x' } }]))).toBe('ConditionFailed')
    expect(requests()).toBe(1)
  })

  it("says that one person's partition is full", async () => {
    const { table } = await farSide(refusal('ItemCollectionSizeLimitExceededException'))
    expect(await codeOf(table.write({ put: key }))).toBe('LIMIT_EXCEEDED')
  })

  it('does not report an invalid request as an outage', async () => {
    const { table, requests } = await farSide(refusal('ValidationException'))
    expect(await codeOf(table.write({ put: key }))).toBe('ValidationException')
    expect(requests()).toBe(1)
  })

  it('sends unprocessed keys again, and gives up in the end', async () => {
    const left = json(200, {
      Responses: { t: [] },
      UnprocessedKeys: { t: { Keys: [{ pk: { S: 'p' }, sk: { S: 's' } }] } },
    })
    const all = json(200, { Responses: { t: [{ pk: { S: 'p' }, sk: { S: 's' } }] } })
    const { table } = await farSide(left, all)
    expect(await table.batchGet([key])).toEqual([key])
    const endless = await farSide(left)
    expect(await codeOf(endless.table.batchGet([key]))).toBe('UNAVAILABLE')
    expect(endless.requests()).toBe(6)
  })
})

describe('the table on a real engine', () => {
  it('reads, writes on conditions, and returns the item that failed a condition', async () => {
    const engine = await startEngine()
    try {
      const table = createTable(await engine.newTable())
      await table.write({ put: { ...key, n: 1 }, when: [[['absent', 'pk']]] })
      const again = await table.write({ put: key, when: [[['absent', 'pk']]] }).catch((error: unknown) => error)
      expect(again).toBeInstanceOf(ConditionFailed)
      expect((again as ConditionFailed).failures).toEqual([{ failed: true, item: { ...key, n: 1 } }])
      const update = { update: key, set: { a: 'x', n: undefined }, add: { c: 2 } }
      expect(
        await table.write({
          ...update,
          when: [
            [['=', 'n', 2]],
            [
              ['exists', 'n'],
              ['<', 'n', 2],
            ],
          ],
        }),
      ).toEqual({ ...key, a: 'x', c: 2 })
      const both = table.transact([{ put: { pk: 'p', sk: 'new' } }, { remove: key, when: [[['=', 'a', 'y']]] }])
      expect(((await both.catch((error: unknown) => error)) as ConditionFailed).failures).toEqual([
        { failed: false, item: undefined },
        { failed: true, item: { ...key, a: 'x', c: 2 } },
      ])
      const many = Array.from({ length: 150 }, (_, index) => ({ pk: 'many', sk: String(index) }))
      await Promise.all(many.map((put) => table.write({ put })))
      const before = table.used.requests
      expect(await table.batchGet([...many, ...many])).toHaveLength(150)
      expect(table.used.requests - before).toBe(2)
      expect(table.used.units).toBeGreaterThan(150)
    } finally {
      await engine.stop()
    }
  })
})
