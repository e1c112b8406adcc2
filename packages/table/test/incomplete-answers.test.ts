/** Answers of which a part is missing, or that are not DynamoDB's: lost ones of a write, outages of a read. */
import { describe, expect, it } from 'vitest'
import { commit } from '../src/commit.ts'
import { LostAnswer } from '../src/failures.ts'
import { bare, refusal, thrownBy, useFarSide } from './kit/far-side.ts'
import { change, done, isNew, key, refused } from './kit/one-write.ts'
import { bePatient } from './kit/patience.ts'

bePatient()
const farSide = useFarSide()

describe('an answer that is not complete', () => {
  const unusable = [
    ['no body', bare(200)],
    ['no members', bare(200, '{}')],
    ['half a body', bare(200, '{"ConsumedCap')],
    ['a page of a proxy', bare(200, '<html>')],
    ['a status of 408', bare(408)],
    ['a status of 400 without the name of an error', bare(400)],
  ] as const

  it.each(unusable)('is a lost one of a change, which is repeated: %s', async (_, reply) => {
    const { table, requests } = await farSide(reply, refused('mine'))
    expect(await commit(table, { writes: [change], writeId: 'mine', receipt: undefined })).toEqual({ kind: 'done' })
    expect(requests()).toBe(2)
  })

  it.each(unusable)('is a lost one of an update, whose refusal is then not certain: %s', async (_, reply) => {
    const { table } = await farSide(reply, refusal('ConditionalCheckFailedException'))
    expect(await thrownBy(table.update({ update: key }))).toMatchObject({ failures: [{ item: undefined }], lost: {} })
  })

  it.each(unusable)('is a lost one of a transaction, which is repeated with its token: %s', async (_, reply) => {
    const { table, sent } = await farSide(reply, done)
    await table.transact([change])
    expect(new Set(sent.map((body) => JSON.parse(body).ClientRequestToken)).size).toBe(1)
    expect(sent).toHaveLength(2)
  })

  it.each(unusable)('is a lost one of a new item, which is not sent again: %s', async (_, reply) => {
    const { table, requests } = await farSide(reply, done)
    expect(await thrownBy(table.write(isNew))).toBeInstanceOf(LostAnswer)
    expect(requests()).toBe(1)
  })

  it('is that of an update without the new item', async () => {
    const { table } = await farSide(done)
    expect(await thrownBy(table.update({ update: key }))).toBeInstanceOf(LostAnswer)
  })

  const range = { pk: 'p', between: ['a', 'b'], forward: true, limit: 1 } as const

  it.each(unusable)('is an outage of a read, and never an absent item: %s', async (_, reply) => {
    const { table } = await farSide(reply)
    for (const read of [() => table.get(key), () => table.batchGet([key]), () => table.query(range)]) {
      const error = await thrownBy(read())
      expect(error).toMatchObject({ code: 'UNAVAILABLE', message: 'Not available right now. Try again.' })
    }
  })

  it('is not one in which an item is absent', async () => {
    const { table } = await farSide(done)
    expect([await table.get(key), await table.batchGet([key])]).toEqual([undefined, []])
  })
})
