/**
 * The fake KMS on the laptop and in tests: it has the private key in memory, and answers as KMS does, with DER
 * and for at most 4,096 bytes. The issuer does not start with it where it is deployed, because `isHeld` is true.
 */
import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject, sign } from 'node:crypto'
import { type KeyService, messageBytesMax } from './key-keeper.ts'

/** A key service whose private keys are in this process. */
export interface HeldKeys extends KeyService {
  readonly isHeld: true
}

/** Serves private ES256 keys by id. */
export function heldKeys(jwks: Readonly<Record<string, object>>): HeldKeys {
  const keys = new Map(Object.entries(jwks).map(([id, jwk]) => [id, privateKey(jwk)]))
  const find = (id: string): KeyObject => {
    const key = keys.get(id)
    if (key) return key
    throw Object.assign(new Error('there is no such key'), { name: 'NotFoundException' })
  }
  return {
    isHeld: true,
    publicKey: async (id) => createPublicKey(find(id)),
    sign: async (id, message) => {
      const key = find(id)
      if (message.byteLength <= messageBytesMax) return sign('sha256', message, { key, dsaEncoding: 'der' })
      throw Object.assign(new Error('the message is too long'), { name: 'ValidationException' })
    },
  }
}

function privateKey(jwk: object): KeyObject {
  return createPrivateKey({ key: jwk as JsonWebKey, format: 'jwk' })
}
