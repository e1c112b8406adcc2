/** One write of each kind, and the item that it meets. */
import type { Write } from '../../src/writes.ts'
import { answer, refusal } from './far-side.ts'

export const key = { pk: 'p', sk: 's' }

const mine = { ...key, writeId: 'mine' }

/** A new item, which is not to be created twice. */
export const isNew: Write = { put: mine, when: [[['absent', 'pk']]], isNew: true }

/** A change, which can't hold after its effect. */
export const change: Write = { put: mine, when: [[['=', 'version', 1]]] }

export const done = answer({})

/** The stored item that the write with this id left, in DynamoDB's form. */
export function stored(writeId: string) {
  return { pk: { S: 'p' }, sk: { S: 's' }, writeId: { S: writeId } }
}

/** The refusal of a condition by the item that the write with this id left. */
export function refused(writeId: string) {
  return refusal('ConditionalCheckFailedException', { Item: stored(writeId) })
}
