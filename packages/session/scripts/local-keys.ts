/**
 * A key service for a laptop and for tests: its master key is derived from a secret of the data folder. Nothing that is
 * deployed imports it.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { KeyService } from '../src/crypto/key-service.ts'

const algorithm = 'aes-256-gcm'
const encryptionContext = Buffer.from('fieldnotes session')

/** The error of KMS for bytes that this master key did not encrypt. */
class InvalidCiphertext extends Error {
  override readonly name = 'InvalidCiphertextException'
}

/** Creates the service. Two services of one secret open each other's data keys. */
export function createLocalKeys(secret: string): KeyService {
  const master = new Uint8Array(hkdfSync('sha256', secret, '', 'master key of sessions', 32))
  return {
    generateDataKey: async () => {
      const plain = randomBytes(32)
      return { plain, wrapped: wrap(master, plain) }
    },
    decrypt: async (wrapped) => unwrap(master, wrapped),
  }
}

function wrap(master: Uint8Array, plain: Uint8Array): Uint8Array {
  const iv = randomBytes(12)
  const cipher = createCipheriv(algorithm, master, iv).setAAD(encryptionContext)
  return new Uint8Array(Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]))
}

function unwrap(master: Uint8Array, wrapped: Uint8Array): Uint8Array {
  try {
    const decipher = createDecipheriv(algorithm, master, wrapped.subarray(0, 12), { authTagLength: 16 })
    decipher.setAAD(encryptionContext).setAuthTag(wrapped.subarray(-16))
    return Buffer.concat([decipher.update(wrapped.subarray(12, -16)), decipher.final()])
  } catch {
    throw new InvalidCiphertext('not encrypted by this key')
  }
}
