/** Classifies DynamoDB's errors: retryable, a failed condition, a full partition, or an outage. */
import { AppError } from '@fieldnotes/core/error'
import type { Attempts } from './write-attempts.ts'
import type { Item } from './writes.ts'

/**
 * What a caller reads. A repetition is safe with an idempotency key alone; without one there is no remedy, and a client
 * must not repeat by itself.
 */
const unknownEffect = {
  keyed: { message: 'The change may or may not have been made. Repeat it with the same idempotency key.' },
  unkeyed: {
    message: 'The change may or may not have been made. Read before you repeat it.',
    remedy: undefined,
  },
} as const

/** UNAVAILABLE: a write got no answer, and may or may not have taken effect. Its remedy is RETRY with a key alone. */
export class LostAnswer extends AppError {
  constructor(reason: string, cause?: unknown, call: keyof typeof unknownEffect = 'unkeyed') {
    super('UNAVAILABLE', reason, { ...unknownEffect[call], cause })
  }

  /** The same error for a call with an idempotency key, which takes effect once however often it is repeated. */
  keyed(): LostAnswer {
    return new LostAnswer(this.reason, this.cause, 'keyed')
  }
}

/**
 * The error of a call that may be repeated whether or not its write took effect: a lost answer is an outage like any
 * other.
 */
export function outageOf(error: unknown): unknown {
  return error instanceof LostAnswer ? new AppError('UNAVAILABLE', error.reason, { cause: error.cause }) : error
}

/** The condition of a write did not hold. Nothing was written, at least by the last attempt. */
export class ConditionFailed extends Error {
  override readonly name = 'ConditionFailed'
  /**
   * One entry for each write, in their order: whether its condition failed, and the item that is stored under its key.
   */
  readonly failures: readonly { readonly failed: boolean; readonly item: Item | undefined }[]
  /** The error of an earlier attempt of the same single write that got no answer, and so may have taken effect. */
  readonly lost: unknown

  constructor(failures: ConditionFailed['failures'], lost?: unknown) {
    super('a condition did not hold')
    this.failures = failures
    this.lost = lost
  }
}

/** Whether a write was made; false where its condition did not hold. @throws what else `write` rejects with */
export async function isWritten(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write()
    return true
  } catch (error) {
    if (error instanceof ConditionFailed) return false
    throw error
  }
}

interface Reason {
  readonly Code?: string
  readonly Item?: unknown
}

/** Members of the SDK's errors that are read here. */
interface SdkError {
  readonly name?: string
  readonly Item?: unknown
  readonly CancellationReasons?: readonly Reason[]
}

const conditional = 'ConditionalCheckFailed'

/** Reasons that pass: another transaction holds the item, or the partition is throttled. */
const passing = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'])
const passingNames = new Set(['TransactionConflictException', 'TransactionInProgressException'])

/** Errors of our own requests, which fail the same way each time. */
const mistakenTokens = new Set(['IdempotentParameterMismatchException'])
const mistakes = new Set(['ValidationException', 'SerializationException', ...mistakenTokens])

function reasonsOf(error: unknown): readonly Reason[] {
  return (error as SdkError).CancellationReasons ?? []
}

/** Whether the same request may soon succeed, after all attempts of the SDK. */
export function retryable(error: unknown): boolean {
  const reasons = reasonsOf(error)
  if (reasons.some(({ Code }) => Code === conditional)) return false
  return passingNames.has((error as SdkError).name ?? '') || reasons.some(({ Code }) => passing.has(Code ?? ''))
}

/**
 * The error that the table throws: ConditionFailed, LIMIT_EXCEEDED, UNAVAILABLE; unchanged for an invalid request.
 *
 * The repetition of a transaction has the token of the lost attempt, and succeeds where that one took effect. So its
 * refusal is certain. Any other refusal of a repetition says nothing of the lost attempt: that one can have filled the
 * partition.
 */
export function failureOf(error: unknown, { lost }: Attempts, unmarshall: (item: unknown) => Item): unknown {
  const itemOf = (item: unknown) => (item === undefined ? undefined : unmarshall(item))
  const { name = '', Item } = error as SdkError
  if (name === 'ConditionalCheckFailedException')
    return new ConditionFailed([{ failed: true, item: itemOf(Item) }], lost)
  const reasons = reasonsOf(error)
  if (reasons.some(({ Code }) => Code === conditional)) {
    return new ConditionFailed(
      reasons.map(({ Code, Item: item }) => ({ failed: Code === conditional, item: itemOf(item) })),
    )
  }
  if (lost && reasons.length === 0 && !mistakenTokens.has(name))
    return new LostAnswer('a write without an answer', lost)
  const codes = [name, ...reasons.map(({ Code }) => Code ?? '')]
  if (codes.some((code) => code.startsWith('ItemCollectionSizeLimitExceeded'))) {
    return new AppError('LIMIT_EXCEEDED', 'the partition of one person is full', { cause: error })
  }
  if (mistakes.has(name) || codes.includes('ValidationError')) return error
  return lost
    ? new LostAnswer('a write without an answer', lost)
    : new AppError('UNAVAILABLE', 'database out of reach', { cause: error })
}
