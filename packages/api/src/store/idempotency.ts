/**
 * Idempotency: one key of one caller for one mutation does one thing, once in 24 hours. The receipt holds digests, ids and
 * versions, never contents: what is deleted for good is not kept here. A repetition is answered with what is stored now.
 */
import { createHash } from 'node:crypto'
import { badInput } from '../errors/bad-input.ts'
import { type Desk, seconds } from '../notes/note-scope.ts'
import { receiptKey } from './keys.ts'
import type { Item, Key, Write } from './writes.ts'

const lifeSeconds = 24 * 3600
const keyShape = /^[\x21-\x7e]{1,64}$/

export interface Keyed {
  readonly idempotencyKey?: string | null | undefined
}

/** A note, or the caller's profile, as the call left it. */
interface Left {
  readonly id: string
  readonly version: number
}

/** What the first call left behind. */
export interface Earlier {
  readonly ids: readonly string[]
  /**
   * Of the first one. A read meets a transaction item by item: what is stored may be read as older than this for a moment,
   * and is then read again.
   */
  readonly version: number
}

export interface Receipt {
  readonly key: Key
  /** Goes into the transaction with the effect. Fails when the mutation was done before. */
  readonly write: (left: readonly Left[]) => Write
  /**
   * What the first call with this key left; undefined when there was none, or too long ago.
   * @throws BAD_USER_INPUT when the key was used with another body
   */
  readonly earlier: (item: Item | undefined) => Earlier | undefined
}

function digest(text: string) {
  return createHash('sha256').update(text).digest('base64url')
}

/** The same text for the same body, in whatever order its members came. */
function canonical(body: unknown): string {
  return JSON.stringify(body, (_name, value: unknown) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
}

/** Why the key of an input is malformed; undefined when it is not, or there is none. */
export function keyFault({ idempotencyKey }: Keyed): string | undefined {
  const isFine = idempotencyKey === undefined || idempotencyKey === null || keyShape.test(idempotencyKey)
  return isFine ? undefined : 'use 1 to 64 visible ASCII characters'
}

/**
 * Receipts of the release before held the whole answer, in `answer`. Of those, too, only ids and versions are used. They end
 * with their 24 hours, and this with them.
 */
interface Former {
  readonly id?: string
  readonly ids?: readonly string[]
  readonly version?: number
  readonly revision?: number
}

function earlierOf({ ids, versions, answer }: Item): Earlier {
  if (Array.isArray(ids) && Array.isArray(versions)) return { ids, version: Number(versions[0]) }
  const former: Former = answer ?? {}
  return { ids: former.ids ?? [former.id ?? ''], version: former.version ?? former.revision ?? 1 }
}

/** The receipt of this call, or undefined when it carries no key. The key is well-formed (`keyFault`), lists are bounded. */
export function receiptOf(desk: Pick<Desk, 'personId' | 'clock'>, mutation: string, input: Keyed): Receipt | undefined {
  const { idempotencyKey, ...body } = input
  if (idempotencyKey === undefined || idempotencyKey === null) return undefined
  const key = receiptKey(desk.personId, mutation, digest(idempotencyKey))
  const bodyDigest = digest(canonical(body))
  const now = seconds(desk.clock())
  return {
    key,
    write: (left) => ({
      put: {
        ...key,
        body: bodyDigest,
        ids: left.map(({ id }) => id),
        versions: left.map(({ version }) => version),
        expiresAt: now + lifeSeconds,
      },
      when: [[['absent', 'pk']], [['<', 'expiresAt', now]]],
    }),
    earlier: (item) => {
      if (!item || Number(item.expiresAt) < now) return undefined
      if (item.body !== bodyDigest) throw badInput('input.idempotencyKey', 'it was used with another body')
      return earlierOf(item)
    },
  }
}
