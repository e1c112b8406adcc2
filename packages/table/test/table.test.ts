/** The table with a server that speaks DynamoDB's protocol and fails as each test sets it. */
import { describe, expect, it } from 'vitest'
import { createTable } from '../src/table.ts'
import { answer, cancelled, codeOf, cut, failing, refusal, useFarSide } from './kit/far-side.ts'
import { bePatient } from './kit/patience.ts'

bePatient()
const farSide = useFarSide()

const key = { pk: 'p', sk: 's' }
const found = answer({ Item: { pk: { S: 'p' }, sk: { S: 's' }, n: { N: '1' } } })

describe('the table', () => {
  it.each([
    ['throttled', refusal('ProvisionedThroughputExceededException')],
    ['throttled by the account', refusal('ThrottlingException')],
    ['failing', failing],
    ['cutting the line', cut],
  ])('sends again when %s once', async (_, reply) => {
    const { table, requests } = await farSide(reply, found)
    expect(await table.get(key)).toEqual({ ...key, n: 1 })
    expect([requests(), table.used.requests]).toEqual([2, 2])
  })

  it.each([
    ['throttled', refusal('ProvisionedThroughputExceededException'), 3],
    ['failing', failing, 3],
    ['cutting the line', cut, 3],
    ['without the table', refusal('ResourceNotFoundException'), 1],
    ['refusing our credentials', refusal('AccessDeniedException'), 1],
    ['busy with another transaction', refusal('TransactionConflictException'), 6],
  ] as const)('gives up after a bounded number of attempts when always %s', async (_, reply, attempts) => {
    const { table, requests } = await farSide(reply)
    expect(await codeOf(table.get(key))).toBe('UNAVAILABLE')
    expect(requests()).toBe(attempts)
  })

  it('reads consistently, whatever it reads: who writes sees the write', async () => {
    const { table, sent } = await farSide(answer({}))
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
      answer({}),
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
    const left = answer({
      Responses: { t: [] },
      UnprocessedKeys: { t: { Keys: [{ pk: { S: 'p' }, sk: { S: 's' } }] } },
    })
    const all = answer({ Responses: { t: [{ pk: { S: 'p' }, sk: { S: 's' } }] } })
    const { table } = await farSide(left, all)
    expect(await table.batchGet([key])).toEqual([key])
    const endless = await farSide(left)
    expect(await codeOf(endless.table.batchGet([key]))).toBe('UNAVAILABLE')
    expect(endless.requests()).toBe(6)
  })
})
