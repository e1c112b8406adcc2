/** What DynamoDB's refusals mean to us: wait and ask again, a condition that did not hold, full, or out of reach. */
import { AppError } from '@fieldnotes/core/error'
import type { Item } from './writes.ts'

/** The condition of a write did not hold. Nothing was written. */
export class ConditionFailed extends Error {
  override readonly name = 'ConditionFailed'
  /** By the place of the write: whether its own condition failed, and the item that stood there, if one did. */
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

/** The members of the SDK's errors that we look at. */
interface Refusal {
  readonly name?: string
  readonly Item?: unknown
  readonly CancellationReasons?: readonly Reason[]
}

const conditional = 'ConditionalCheckFailed'

/** Another transaction holds the item, or the partition is hot: passes by itself. */
const passing = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'])
const passingNames = new Set(['TransactionConflictException', 'TransactionInProgressException'])

/** These are our own mistakes, and no repetition mends them. */
const mistakes = new Set(['ValidationException', 'SerializationException', 'IdempotentParameterMismatchException'])

function reasonsOf(error: unknown): readonly Reason[] {
  return (error as Refusal).CancellationReasons ?? []
}

/** Whether asking again soon may help, beyond what the SDK has tried itself. */
export function retryable(error: unknown): boolean {
  const reasons = reasonsOf(error)
  if (reasons.some(({ Code }) => Code === conditional)) return false
  return passingNames.has((error as Refusal).name ?? '') || reasons.some(({ Code }) => passing.has(Code ?? ''))
}

/** The error that leaves the table: ConditionFailed, LIMIT_EXCEEDED, UNAVAILABLE, or a mistake of ours as it is. */
export function failureOf(error: unknown, unmarshall: (item: unknown) => Item): unknown {
  const standing = (item: unknown) => (item === undefined ? undefined : unmarshall(item))
  const { name = '', Item } = error as Refusal
  if (name === 'ConditionalCheckFailedException') return new ConditionFailed([{ failed: true, item: standing(Item) }])
  const reasons = reasonsOf(error)
  if (reasons.some(({ Code }) => Code === conditional)) {
    return new ConditionFailed(
      reasons.map(({ Code, Item: item }) => ({ failed: Code === conditional, item: standing(item) })),
    )
  }
  const codes = [name, ...reasons.map(({ Code }) => Code ?? '')]
  if (codes.some((code) => code.startsWith('ItemCollectionSizeLimitExceeded'))) {
    return new AppError('LIMIT_EXCEEDED', 'the partition of one person is full', { cause: error })
  }
  if (mistakes.has(name) || codes.includes('ValidationError')) return error
  return new AppError('UNAVAILABLE', 'database out of reach', { cause: error })
}
