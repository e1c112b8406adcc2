/** Writes that lose an answer, as they are repeated, and as their errors say what is known. */
import { describe, expect, it } from 'vitest'
import { commit, tookEffect } from '../src/commit.ts'
import { ConditionFailed, LostAnswer, outageOf } from '../src/failures.ts'
import type { Table } from '../src/table.ts'
import type { Write } from '../src/writes.ts'
import { answer, cancelled, cut, failing, refusal, thrownBy, useFarSide } from './kit/far-side.ts'
import { change, done, isNew, key, refused, stored } from './kit/one-write.ts'
import { bePatient } from './kit/patience.ts'

bePatient()
const farSide = useFarSide()

describe('a new item', () => {
  it.each([
    ['a closed connection', cut],
    ['an error of the service', failing],
  ])('is not written again after %s', async (_, reply) => {
    const { table, requests } = await farSide(reply, done)
    expect(await thrownBy(table.write(isNew))).toBeInstanceOf(LostAnswer)
    expect(requests()).toBe(1)
  })

  it.each([
    ['throttled', refusal('ProvisionedThroughputExceededException')],
    ['held by a transaction', refusal('TransactionConflictException')],
  ])('is written again when the first attempt was %s', async (_, reply) => {
    const { table, requests } = await farSide(reply, done)
    await table.write(isNew)
    expect(requests()).toBe(2)
  })

  const committed = { writes: [isNew], writeId: 'mine', receipt: undefined }

  it('is done where it is found after a lost answer, also when another write changed it since', async () => {
    const { table, sent } = await farSide(cut, answer({ Item: stored('theirs') }))
    expect(await commit(table, committed)).toEqual({ kind: 'done' })
    expect(JSON.parse(sent[1] ?? '')).toMatchObject({ Key: { pk: { S: 'p' }, sk: { S: 's' } }, ConsistentRead: true })
  })

  it.each([
    ['is not found', done],
    ['can not be read', refusal('AccessDeniedException')],
  ])('is unknown where it %s', async (_, reply) => {
    const { table, requests } = await farSide(cut, reply)
    const error = await thrownBy(commit(table, committed))
    expect(error).toBeInstanceOf(LostAnswer)
    expect(error).toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining('may or may not') })
    expect(requests()).toBe(2)
  })

  it('is not looked for after a refusal', async () => {
    const { table, requests } = await farSide(refusal('AccessDeniedException'))
    expect(await thrownBy(commit(table, committed))).not.toBeInstanceOf(LostAnswer)
    expect(requests()).toBe(1)
  })
})

describe('a change of one item', () => {
  const committed = { writes: [change], writeId: 'mine', receipt: undefined }

  it.each([
    ['done, where its repetition meets itself', [cut, refused('mine')], 'done'],
    ['a conflict, where no answer was lost', [refused('theirs')], 'conflict'],
    [
      'a conflict after a refusal that passed',
      [refusal('ProvisionedThroughputExceededException'), refused('theirs')],
      'conflict',
    ],
  ])('is %s', async (_, replies, kind) => {
    const { table } = await farSide(...replies)
    expect(await commit(table, committed)).toEqual({ kind })
  })

  it.each([
    ['another write', refused('theirs')],
    ['no item', refusal('ConditionalCheckFailedException')],
  ])('is unknown, where its repetition meets %s', async (_, reply) => {
    const { table } = await farSide(failing, reply)
    expect(await thrownBy(commit(table, committed))).toBeInstanceOf(LostAnswer)
  })

  it.each(['ItemCollectionSizeLimitExceededException', 'ValidationException', 'AccessDeniedException'])(
    'is unknown, where its repetition is refused with %s',
    async (name) => {
      const { table } = await farSide(cut, refusal(name))
      expect(await thrownBy(commit(table, committed))).toBeInstanceOf(LostAnswer)
      const { table: other } = await farSide(refusal(name))
      expect(await thrownBy(commit(other, committed))).not.toBeInstanceOf(LostAnswer)
    },
  )

  it('is unknown after three lost answers, and is not looked for', async () => {
    const { table, requests } = await farSide(cut)
    expect(await thrownBy(commit(table, committed))).toBeInstanceOf(LostAnswer)
    expect(requests()).toBe(3)
  })

  it('keeps a lost answer in mind when a transaction holds the item at the repetition', async () => {
    const { table } = await farSide(cut, refusal('TransactionConflictException'), refused('theirs'))
    expect(await thrownBy(commit(table, committed))).toBeInstanceOf(LostAnswer)
  })

  it('had no effect where the stored item is earlier, and an absent item is never earlier', () => {
    const lost = new Error('cut')
    const met = new ConditionFailed([{ failed: true, item: { ...key, writeId: 'theirs' } }], lost)
    expect(tookEffect(met, 'mine', () => true)).toBe(false)
    expect(() => tookEffect(met, 'mine', () => false)).toThrow(LostAnswer)
    expect(() =>
      tookEffect(new ConditionFailed([{ failed: true, item: undefined }], lost), 'mine', () => true),
    ).toThrow(LostAnswer)
  })
})

describe('the remedy of a lost answer', () => {
  const receipt: Write = { put: { ...key, sk: 'receipt' } }

  it.each([
    ['the attempts', (table: Table) => table],
    ['the time', (table: Awaited<ReturnType<typeof farSide>>['table']) => table.until({ at: 50, clock: () => 0 })],
  ])('is a repetition with a key alone, at the end of %s', async (end, limited) => {
    const { table } = await farSide(end === 'the time' ? () => undefined : cut)
    const call = { writes: [change], writeId: 'mine' }
    const keyed = await thrownBy(commit(limited(table), { ...call, receipt }))
    const unkeyed = await thrownBy(commit(limited(table), { ...call, receipt: undefined }))
    expect(keyed).toMatchObject({ remedy: { kind: 'RETRY', after: 1 }, message: expect.stringContaining('Repeat it') })
    expect(unkeyed).toMatchObject({ remedy: undefined, message: expect.stringContaining('Read before you repeat') })
    for (const error of [keyed, unkeyed]) expect(error).toBeInstanceOf(LostAnswer)
  })

  it('is a repetition where the effect makes no difference, and other errors are as they are', () => {
    const outage = outageOf(new LostAnswer('of a profile', 'the cause'))
    expect(outage).not.toBeInstanceOf(LostAnswer)
    expect(outage).toMatchObject({
      code: 'UNAVAILABLE',
      reason: 'of a profile',
      cause: 'the cause',
      remedy: { after: 1 },
    })
    const other = new Error('other')
    expect(outageOf(other)).toBe(other)
  })
})

describe('a transaction', () => {
  const both: readonly Write[] = [change, { put: { ...key, sk: 'x' } }]
  const tokens = (sent: readonly string[]) => sent.map((body) => JSON.parse(body).ClientRequestToken)

  it('has one token for all attempts after a lost answer, and its failed condition is certain', async () => {
    const { table, sent } = await farSide(
      cut,
      refusal('TransactionInProgressException'),
      refusal('TransactionInProgressException'),
      cancelled('ConditionalCheckFailed', 'None'),
    )
    expect(await commit(table, { writes: both, writeId: 'mine', receipt: undefined })).toEqual({ kind: 'conflict' })
    expect(sent).toHaveLength(4)
    expect(new Set(tokens(sent)).size).toBe(1)
  })

  it('has a token of its own, and a new one after a certain refusal', async () => {
    const { table, sent } = await farSide(cancelled('TransactionConflict', 'None'), done)
    await table.transact(both)
    await table.transact(both)
    expect(new Set(tokens(sent)).size).toBe(3)
  })
})

describe('the deadline', () => {
  const clock = { at: 50, clock: () => 0 }

  it('leaves a running write unknown, and says so', async () => {
    const table: Pick<Table, 'write' | 'transact'> = (await farSide(() => undefined)).table.until(clock)
    expect(await thrownBy(table.write(change))).toBeInstanceOf(LostAnswer)
    expect(await thrownBy(table.transact([change]))).toBeInstanceOf(LostAnswer)
  })

  it('leaves no doubt of a read, and of a write that was not sent', async () => {
    const { table, requests } = await farSide(() => undefined)
    for (const error of [
      await thrownBy(table.until(clock).get(key)),
      await thrownBy(table.until({ at: 0, clock: () => 0 }).write(change)),
    ]) {
      expect(error).toMatchObject({ code: 'UNAVAILABLE' })
      expect(error).not.toBeInstanceOf(LostAnswer)
    }
    expect(requests()).toBeLessThanOrEqual(1)
  })
})
