/** Idempotency: one key of one caller for one mutation does one thing, and says so again for 24 hours. */
import { createHash } from 'node:crypto'
import { badInput } from '../bad-input.ts'
import type { Item, Key, Write } from '../table-writes.ts'
import { type Desk, seconds } from './desk.ts'
import { receiptKey } from './keys.ts'

const lifeSeconds = 24 * 3600
const keyShape = /^[\x21-\x7e]{1,64}$/

export interface Keyed {
  readonly idempotencyKey?: string | null | undefined
}

export interface Receipt {
  readonly key: Key
  /** Goes into the transaction with the effect. Fails when the mutation was done before. */
  readonly write: (answer: unknown) => Write
  /**
   * What was answered then; undefined when nothing was, or too long ago.
   * @throws BAD_USER_INPUT when the key was used with another body
   */
  readonly answer: (item: Item | undefined) => unknown
}

const digest = (text: string) => createHash('sha256').update(text).digest('base64url')

/** The same text for the same body, in whatever order its members came. */
const canonical = (body: unknown): string =>
  JSON.stringify(body, (_name, value: unknown) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )

/** The receipt of this call, or undefined when it carries no key. @throws BAD_USER_INPUT for a malformed key */
export const receiptOf = (
  desk: Pick<Desk, 'personId' | 'clock'>,
  mutation: string,
  input: Keyed,
): Receipt | undefined => {
  const { idempotencyKey, ...body } = input
  if (idempotencyKey === undefined || idempotencyKey === null) return undefined
  if (!keyShape.test(idempotencyKey)) throw badInput('input.idempotencyKey', 'use 1 to 64 visible ASCII characters')
  const key = receiptKey(desk.personId, mutation, digest(idempotencyKey))
  const bodyDigest = digest(canonical(body))
  const now = seconds(desk.clock())
  return {
    key,
    write: (answer) => ({
      put: { ...key, body: bodyDigest, answer, expiresAt: now + lifeSeconds },
      when: [[['absent', 'pk']], [['<', 'expiresAt', now]]],
    }),
    answer: (item) => {
      if (!item || Number(item.expiresAt) < now) return undefined
      if (item.body !== bodyDigest) throw badInput('input.idempotencyKey', 'it was used with another body')
      return item.answer
    },
  }
}
