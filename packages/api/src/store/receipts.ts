/** Receipts of mutations, in the partition of their caller. */
import { createReceipt, type KeyedInput, type Receipt } from '@fieldnotes/table/receipts'
import { badInput } from '../errors/bad-input.ts'
import { receiptKey } from './item-keys.ts'

export interface KeyedCaller {
  readonly personId: string
  /** Milliseconds since the epoch. */
  readonly clock: () => number
}

/**
 * The receipt of a call; undefined when its input has no key. Its `firstCall` throws BAD_USER_INPUT when the first call
 * had another input. The input must be checked before: `keyFault`, lengths of lists.
 */
export function receiptOf(caller: KeyedCaller, mutation: string, input: KeyedInput): Receipt | undefined {
  const options = {
    keyOf: (digest: string) => receiptKey(caller.personId, mutation, digest),
    clock: caller.clock,
    otherInput: () => badInput('input.idempotencyKey', 'it was used with another body'),
  }
  return createReceipt(options, input)
}
