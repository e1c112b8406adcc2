/**
 * Envelope encryption: values are sealed under data keys, and data keys are stored encrypted under the master key of a
 * key service.
 */
import { AppError } from '@fieldnotes/core/error'
import { open, SealBroken, seal } from './box.ts'
import type { DataKey, KeyService } from './key-service.ts'

/** A sealed value with the encrypted data key that opens it. */
export interface Sealed {
  readonly dataKey: Uint8Array
  readonly box: Uint8Array
}

/** Seals and opens values with the keys of one process. */
export interface Envelope {
  /** @throws UNAVAILABLE when the key service is out of reach */
  readonly seal: (text: string, context: string) => Promise<Sealed>
  /** @throws SealBroken for another context and for changed bytes; UNAVAILABLE as `seal` */
  readonly open: (sealed: Sealed, context: string) => Promise<string>
}

/** Milliseconds for which one data key seals new values. */
const sealingMs = 5 * 60_000

/** Decrypted data keys in memory, at most; the oldest is dropped. */
const openedMax = 500

/** Creates the envelope of one process. A data key costs one call of the service; further values cost none. */
export function createEnvelope(keys: KeyService, clock: () => number): Envelope {
  const opened = new Map<string, Promise<Uint8Array>>()
  let current: { readonly key: Promise<DataKey>; readonly until: number } | undefined

  function remember(id: string, plain: Promise<Uint8Array>): Promise<Uint8Array> {
    const [oldest] = opened.keys()
    if (opened.size >= openedMax && oldest !== undefined) opened.delete(oldest)
    opened.set(id, plain)
    plain.catch(() => opened.delete(id))
    return plain
  }

  function sealingKey(): Promise<DataKey> {
    if (current && current.until > clock()) return current.key
    const key = keys.generateDataKey().catch(outOfReach)
    const made = { key, until: clock() + sealingMs }
    current = made
    key.then(
      ({ plain, wrapped }) => remember(idOf(wrapped), Promise.resolve(plain)),
      () => {
        if (current === made) current = undefined
      },
    )
    return key
  }

  function openingKey(wrapped: Uint8Array): Promise<Uint8Array> {
    const id = idOf(wrapped)
    return opened.get(id) ?? remember(id, keys.decrypt(wrapped).catch(notDecrypted))
  }

  return {
    seal: async (text, context) => {
      const { plain, wrapped } = await sealingKey()
      return { dataKey: wrapped, box: seal(plain, text, context) }
    },
    open: async ({ dataKey, box }, context) => open(await openingKey(dataKey), box, context),
  }
}

function idOf(wrapped: Uint8Array): string {
  return Buffer.from(wrapped).toString('base64')
}

function outOfReach(cause: unknown): never {
  throw new AppError('UNAVAILABLE', 'key service out of reach', { cause })
}

function notDecrypted(error: unknown): never {
  if (error instanceof Error && error.name === 'InvalidCiphertextException') throw new SealBroken()
  return outOfReach(error)
}
