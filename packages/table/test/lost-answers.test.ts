/** Writes that lose an answer, as they are repeated, and as their errors say what is known. */
import { describe, expect, it } from 'vitest'
import { commit, tookEffect } from '../src/commit.ts'
import { ConditionFailed, LostAnswer } from '../src/failures.ts'
import type { Table } from '../src/table.ts'
import { mayHaveTakenEffect } from '../src/write-attempts.ts'
import type { Write } from '../src/writes.ts'
import { cancelled, cut, failing, json, refusal, useFarSide } from './kit/far-side.ts'
import { bePatient } from './kit/patience.ts'

bePatient()
const farSide = useFarSide()

const key = { pk: 'p', sk: 's' }
const mine = { ...key, writeId: 'mine' }
const done = json(200, {})
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
    ['a refusal', { $metadata: { httpStatusCode: 400 } }, false],
    ['a refused connection', { code: 'ECONNREFUSED' }, false],
    ['an unknown host', { code: 'ENOTFOUND' }, false],
    ['a name server that is busy', { code: 'EAI_AGAIN' }, false],
    ['an error of the service', { $metadata: { httpStatusCode: 500 } }, true],
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
    const { table, sent } = await farSide(cut, json(200, { Item: stored('theirs') }))
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
