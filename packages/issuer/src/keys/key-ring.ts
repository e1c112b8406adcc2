/**
 * The issuer's signing keys and their states. A key is `next`: published and not used, until every verifier has
 * fetched it. Then it is `active`: the one that signs. Then `retiring`: published until its last token has expired.
 * Then it is removed from the list.
 */
import { createHash, type KeyObject } from 'node:crypto'
import { AppError } from '@fieldnotes/core/error'
import type { KeyService } from './key-keeper.ts'

/** A key of the configuration. */
export interface ConfiguredKey {
  /** Its id at the key service, such as an ARN. */
  readonly keyId: string
  readonly state: 'next' | 'active' | 'retiring'
}

/** A published key. */
export interface RingKey extends ConfiguredKey {
  /** SHA-256 thumbprint (RFC 7638): one key has the same name everywhere, and no other key can have it. */
  readonly kid: string
  readonly publicKey: KeyObject
  readonly sign: (message: Uint8Array) => Promise<Uint8Array>
}

/** All published keys, the active one first. */
export type KeyRing = readonly [active: RingKey, ...others: RingKey[]]

/** Most keys of a ring: one that comes, one that signs, and one that goes. */
const keysMax = 3

/** Returns one sentence for each fault of a list of keys. */
export function keyFaults(keys: readonly ConfiguredKey[]): readonly string[] {
  const count = (state: ConfiguredKey['state']) => keys.filter((key) => key.state === state).length
  const states = keys.every(({ state }) => ['next', 'active', 'retiring'].includes(state))
  return [
    ...(states ? [] : ['keys: a state is not one of next, active, retiring']),
    ...(count('active') === 1 ? [] : ['keys: not exactly one is active']),
    ...(keys.length <= keysMax ? [] : [`keys: more than ${keysMax}`]),
    ...(new Set(keys.map(({ keyId }) => keyId)).size === keys.length ? [] : ['keys: one is listed twice']),
  ]
}

/**
 * Reads the public halves.
 * @throws UNAVAILABLE when the key service gives no answer; Error for a key that is not P-256
 */
export async function openKeyRing(keys: readonly ConfiguredKey[], service: KeyService): Promise<KeyRing> {
  const sorted = keys.toSorted((a, b) => Number(b.state === 'active') - Number(a.state === 'active'))
  const opened = await Promise.all(sorted.map((key) => openKey(key, service)))
  return opened as [RingKey, ...RingKey[]]
}

async function openKey({ keyId, state }: ConfiguredKey, service: KeyService): Promise<RingKey> {
  const publicKey = await service.publicKey(keyId).catch((cause: unknown) => {
    throw new AppError('UNAVAILABLE', 'a signing key is out of reach', { cause })
  })
  if (publicKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw new Error('a signing key is not P-256')
  const sign = (message: Uint8Array) => service.sign(keyId, message)
  return { keyId, state, kid: thumbprintOf(publicKey), publicKey, sign }
}

/** Members of a P-256 key in the order of RFC 7638 §3.2. */
function requiredMembers(publicKey: KeyObject) {
  const { crv, kty, x, y } = publicKey.export({ format: 'jwk' })
  return { crv, kty, x, y }
}

/** The thumbprint of a P-256 key (RFC 7638). */
export function thumbprintOf(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(JSON.stringify(requiredMembers(publicKey)))
    .digest('base64url')
}

/** The key set to publish (RFC 7517 §5). It has public members alone. */
export function keySetOf(ring: KeyRing) {
  return { keys: ring.map(({ publicKey, kid }) => ({ ...requiredMembers(publicKey), kid, alg: 'ES256', use: 'sig' })) }
}
