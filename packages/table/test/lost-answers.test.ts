/** Writes that lose an answer, as they are repeated, and as their errors say what is known. */
import { describe, expect, it } from 'vitest'
import { commit, tookEffect } from '../src/commit.ts'
import { ConditionFailed, LostAnswer, outageOf } from '../src/failures.ts'
import type { Table } from '../src/table.ts'
import { mayHaveTakenEffect } from '../src/write-attempts.ts'
import type { Write } from '../src/writes.ts'
import { answer, bare, cancelled, cut, failing, refusal, useFarSide } from './kit/far-side.ts'
import { bePatient } from './kit/patience.ts'

bePatient()
const farSide = useFarSide()

const key = { pk: 'p', sk: 's' }
const mine = { ...key, writeId: 'mine' }
const done = answer({})
const isNew: Write = { put: mine, when: [[['absent', 'pk']]], isNew: true }
const change: Write = { put: mine, when: [[['=', 'version', 1]]] }

function stored(writeId: string) {
  return { pk: { S: 'p' }, sk: { S: 's' }, writeId: { S: writeId } }
}

function refused(writeId: string) {
  return refusal('ConditionalCheckFailedException', { Item: stored(writeId) })
}

function thrownBy(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  )
}

describe('an attempt', () => {
  it.each([
    ['a refusal', { $metadata: { httpStatusCode: 400 }, __type: 'com.amazonaws#ValidationException' }, false],
    ['a status of 400 without the name of an error', { $metadata: { httpStatusCode: 400 }, name: 'Unknown' }, true],
    ['a status of 408', { $metadata: { httpStatusCode: 408 }, name: 'Unknown' }, true],
    ['a status of 413 with a name', { $metadata: { httpStatusCode: 413 }, __type: 'TooLarge' }, true],
    ['a refused connection', { code: 'ECONNREFUSED', syscall: 'connect' }, false],
    ['a host without a route', { code: 'EHOSTUNREACH', syscall: 'connect' }, false],
    ['an unknown host', { code: 'ENOTFOUND', syscall: 'getaddrinfo' }, false],
    ['refused connections to all addresses', { errors: [{ syscall: 'connect' }, { syscall: 'connect' }] }, false],
    ['connections of which one was established', { errors: [{ syscall: 'connect' }, { syscall: 'read' }] }, true],
    ['an error without details', { errors: [] }, true],
    ['an error of the service', { $metadata: { httpStatusCode: 500 } }, true],
    [
      'an error of the service with a name',
      { $metadata: { httpStatusCode: 500 }, __type: 'InternalServerError' },
      true,
    ],
    ['a connection that timed out while it was used', { code: 'ETIMEDOUT', syscall: 'read' }, true],
    ['a redirection, which DynamoDB does not send', { $metadata: { httpStatusCode: 307 } }, true],
    ['a closed connection', { code: 'ECONNRESET' }, true],
    ['a time-out', { name: 'TimeoutError' }, true],
    ['an answer that is no JSON', new SyntaxError('Unexpected token'), true],
  ])('that ended in %s may have taken effect: %#', (_, error, expected) => {
    expect(mayHaveTakenEffect(error)).toBe(expected)
  })
})

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
