/**
 * Idempotency: within 24 hours, one key of one caller for one mutation takes effect once. A receipt has digests, ids
 * and versions and no contents, so that nothing of a deleted note stays. A repeated call returns what is stored now.
 *
 * The digest of the input is an HMAC with the idempotency key, of which only a hash is stored. A copy of the table is
 * therefore not enough to check a guess of a short title: the key must be guessed too, which takes 122 bits for a
 * random UUID.
 */
import { createHmac } from 'node:crypto'
import { digestOf } from './digest.ts'
import { seconds } from './instants.ts'
import type { Item, Key, Write } from './writes.ts'

const lifeSeconds = 24 * 3600
const keyShape = /^[\x21-\x7e]{1,64}$/

export interface KeyedInput {
  readonly idempotencyKey?: string | null | undefined
}

/** Where the receipt of a call is stored, and how a key that was used with another input is refused. */
export interface ReceiptOptions {
  /** The item's key, from a digest of the idempotency key. It must name the caller and the mutation. */
  readonly keyOf: (digest: string) => Key
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  /** Creates the error for another input under the same idempotency key. */
  readonly otherInput: () => Error
}

/** An item as the call wrote it. */
interface Written {
  readonly id: string
  readonly version: number
}

/** What the first call with a key wrote. */
export interface FirstCall {
  readonly ids: readonly string[]
  /**
   * Of the first id. Reads see a transaction item by item: an item that is older than this version is not yet the one
   * that the first call wrote, and is read again.
   */
  readonly version: number
}

export interface Receipt {
  readonly key: Key
  /** Belongs into the transaction of the effect. Its condition fails when the key was used before. */
  readonly write: (written: readonly Written[]) => Write
  /**
   * The first call, from its stored receipt; undefined when there is none, or it has expired.
   * @throws `otherInput()` when the first call had another input
   */
  readonly firstCall: (item: Item | undefined) => FirstCall | undefined
}

/** HMAC-SHA256 (RFC 2104). */
function keyedDigest(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url')
}

/** JSON with the members of every object in alphabetical order. */
function canonical(input: unknown): string {
  return JSON.stringify(input, (_name, value: unknown) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
}

/** Why an idempotency key is malformed; undefined for one that is well-formed or missing. */
export function keyFault({ idempotencyKey }: KeyedInput): string | undefined {
  const isFine = idempotencyKey === undefined || idempotencyKey === null || keyShape.test(idempotencyKey)
  return isFine ? undefined : 'use 1 to 64 visible ASCII characters'
}

/**
 * Receipts of the previous release have the whole result in `answer`. Only its ids and versions are read. The last of
 * them expires a day after the deployment; then this can go.
 */
interface PreviousAnswer {
  readonly id?: string
  readonly ids?: readonly string[]
  readonly version?: number
  readonly revision?: number
}

function firstCallOf({ ids, versions, answer }: Item): FirstCall {
  if (Array.isArray(ids) && Array.isArray(versions)) return { ids, version: Number(versions[0]) }
  const previous: PreviousAnswer = answer ?? {}
  return { ids: previous.ids ?? [previous.id ?? ''], version: previous.version ?? previous.revision ?? 1 }
}

/**
 * The receipt of a call; undefined when its input has no key. The input must be checked before: `keyFault`, lengths of
 * lists.
 */
export function createReceipt(options: ReceiptOptions, input: KeyedInput): Receipt | undefined {
  const { idempotencyKey, ...body } = input
  if (idempotencyKey === undefined || idempotencyKey === null) return undefined
  const key = options.keyOf(digestOf(idempotencyKey))
  const text = canonical(body)
  const bodyDigest = keyedDigest(idempotencyKey, text)
  const now = seconds(options.clock())
  return {
    key,
    write: (written) => ({
      put: {
        ...key,
        body: bodyDigest,
        ids: written.map(({ id }) => id),
        versions: written.map(({ version }) => version),
        expiresAt: now + lifeSeconds,
      },
      when: [[['absent', 'pk']], [['<', 'expiresAt', now]]],
    }),
    firstCall: (item) => {
      if (!item || Number(item.expiresAt) < now) return undefined
      // Receipts of the previous release have a digest without a key. The last of them expires a day after the
      // deployment.
      if (item.body !== bodyDigest && item.body !== digestOf(text)) throw options.otherInput()
      return firstCallOf(item)
    },
  }
}
