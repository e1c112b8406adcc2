/** Classifies DynamoDB's errors: retryable, a failed condition, a full partition, or an outage. */
import { AppError } from '@fieldnotes/core/error'
import type { Item } from './writes.ts'

/** The condition of a write did not hold. Nothing was written. */
export class ConditionFailed extends Error {
  override readonly name = 'ConditionFailed'
  /**
   * One entry for each write, in their order: whether its condition failed, and the item that is stored under its key.
   */
  readonly failures: readonly { readonly failed: boolean; readonly item: Item | undefined }[]

  constructor(failures: ConditionFailed['failures']) {
    super('a condition did not hold')
    this.failures = failures
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
const mistakes = new Set(['ValidationException', 'SerializationException', 'IdempotentParameterMismatchException'])

function reasonsOf(error: unknown): readonly Reason[] {
  return (error as SdkError).CancellationReasons ?? []
}

/** Whether the same request may soon succeed, after all attempts of the SDK. */
export function retryable(error: unknown): boolean {
  const reasons = reasonsOf(error)
  if (reasons.some(({ Code }) => Code === conditional)) return false
  return passingNames.has((error as SdkError).name ?? '') || reasons.some(({ Code }) => passing.has(Code ?? ''))
}

/** The error that the table throws: ConditionFailed, LIMIT_EXCEEDED, UNAVAILABLE; unchanged for an invalid request. */
export function failureOf(error: unknown, unmarshall: (item: unknown) => Item): unknown {
  const itemOf = (item: unknown) => (item === undefined ? undefined : unmarshall(item))
  const { name = '', Item } = error as SdkError
  if (name === 'ConditionalCheckFailedException') return new ConditionFailed([{ failed: true, item: itemOf(Item) }])
  const reasons = reasonsOf(error)
  if (reasons.some(({ Code }) => Code === conditional)) {
    return new ConditionFailed(
      reasons.map(({ Code, Item: item }) => ({ failed: Code === conditional, item: itemOf(item) })),
    )
  }
  const codes = [name, ...reasons.map(({ Code }) => Code ?? '')]
  if (codes.some((code) => code.startsWith('ItemCollectionSizeLimitExceeded'))) {
    return new AppError('LIMIT_EXCEEDED', 'the partition of one person is full', { cause: error })
  }
  if (mistakes.has(name) || codes.includes('ValidationError')) return error
  return new AppError('UNAVAILABLE', 'database out of reach', { cause: error })
}
