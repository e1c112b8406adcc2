/** How each error of DynamoDB is classified. */
import { AppError } from '@fieldnotes/core/error'
import { describe, expect, it } from 'vitest'
import { ConditionFailed, failureOf, LostAnswer, retryable } from '../src/failures.ts'
import type { Item } from '../src/writes.ts'

function cancelled(...reasons: object[]) {
  return { name: 'TransactionCanceledException', CancellationReasons: reasons }
}

function unmarshall(item: unknown): Item {
  return { pk: 'p', sk: 's', of: item }
}

function failure(error: object, lost?: unknown): unknown {
  return failureOf(error, { lost }, unmarshall)
}

const [none, failed] = [{ Code: 'None' }, { Code: 'ConditionalCheckFailed' }]

describe('a refusal', () => {
  it.each([
    ['TransactionConflictException', { name: 'TransactionConflictException' }, true],
    ['TransactionInProgressException', { name: 'TransactionInProgressException' }, true],
    ['a transaction that met another one', cancelled(none, { Code: 'TransactionConflict' }), true],
    ['a transaction that was throttled', cancelled({ Code: 'ThrottlingError' }), true],
    ['a transaction beyond the throughput', cancelled({ Code: 'ProvisionedThroughputExceeded' }), true],
    ['a transaction with a failed condition beside it', cancelled({ Code: 'TransactionConflict' }, failed), false],
    ['a transaction with a failed condition', cancelled(failed), false],
    ['a transaction of an invalid item', cancelled({ Code: 'ValidationError' }), false],
    ['a transaction whose reasons have no code', cancelled({}), false],
    ['a failed condition', { name: 'ConditionalCheckFailedException' }, false],
    ['throttling, which the SDK repeats', { name: 'ProvisionedThroughputExceededException' }, false],
    ['an error without a name', {}, false],
  ])('passes or does not: %s', (_, error, expected) => expect(retryable(error)).toBe(expected))
})

describe('the error of', () => {
  it.each([
    ['a failed condition', { name: 'ConditionalCheckFailedException', Item: 1 }, [[true, 1]]],
    ['a failed condition on an absent item', { name: 'ConditionalCheckFailedException' }, [[true, undefined]]],
    [
      'a transaction, in the order of its writes',
      cancelled(none, { ...failed, Item: 2 }, failed, { Code: 'TransactionConflict', Item: 3 }),
      [
        [false, undefined],
        [true, 2],
        [true, undefined],
        [false, 3],
      ],
    ],
  ])('%s has the stored items', (_, error, expected) => {
    const found = failure(error)
    expect(found).toBeInstanceOf(ConditionFailed)
    const { failures } = found as ConditionFailed
    expect(failures.map(({ failed, item }) => [failed, item?.of])).toEqual(expected)
  })

  it('a condition of a single write that failed after a lost answer has that one; of a transaction it is certain', () => {
    const lost = new Error('cut')
    expect(failure({ name: 'ConditionalCheckFailedException' }, lost)).toMatchObject({ lost })
    expect(failure(cancelled(failed), lost)).toMatchObject({ lost: undefined })
  })

  it.each([
    ['ItemCollectionSizeLimitExceededException', { name: 'ItemCollectionSizeLimitExceededException' }],
    ['ItemCollectionSizeLimitExceeded in a transaction', cancelled(none, { Code: 'ItemCollectionSizeLimitExceeded' })],
  ])('%s is LIMIT_EXCEEDED', (_, error) => {
    expect(failure(error)).toMatchObject({ code: 'LIMIT_EXCEEDED', cause: error })
  })

  it.each([
    { name: 'ValidationException' },
    { name: 'SerializationException' },
    { name: 'IdempotentParameterMismatchException' },
    cancelled(none, { Code: 'ValidationError' }),
  ])('a request that is wrong itself is not changed: $name (%#)', (error) => expect(failure(error)).toBe(error))

  it.each([
    { name: 'InternalServerError' },
    { name: 'TransactionConflictException' },
    { name: 'ResourceNotFoundException' },
    cancelled({ Code: 'TransactionConflict' }),
    cancelled({}),
    {},
  ])('anything else is UNAVAILABLE: $name (%#)', (error) => {
    const found = failure(error)
    expect(found).toBeInstanceOf(AppError)
    expect(found).toMatchObject({ code: 'UNAVAILABLE', cause: error, message: 'Not available right now. Try again.' })
  })

  it('a write whose answer got lost is LostAnswer, with the attempt as its cause', () => {
    const cause = new Error('cut')
    const found = failure({ name: 'InternalServerError' }, cause)
    expect(found).toBeInstanceOf(LostAnswer)
    expect(found).toMatchObject({ code: 'UNAVAILABLE', cause, message: expect.stringContaining('may or may not') })
  })
})
