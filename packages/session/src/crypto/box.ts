/** Authenticated encryption of one value: AES-256-GCM (NIST SP 800-38D), bound to the item that has it. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const algorithm = 'aes-256-gcm'
const version = 1
const ivBytes = 12
const tagBytes = 16

/** A sealed value that does not open: another key, another item, or changed bytes. It contains nothing of the value. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken'

  constructor() {
    super('a sealed value does not open')
  }
}

/** Encrypts a text. Only the same key (32 bytes) and the same `context` open it. */
export function seal(key: Uint8Array, text: string, context: string): Uint8Array {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagBytes }).setAAD(Buffer.from(context))
  const parts = [Buffer.of(version), iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]
  return new Uint8Array(Buffer.concat(parts))
}

/** Decrypts what `seal` made. @throws SealBroken */
export function open(key: Uint8Array, box: Uint8Array, context: string): string {
  if (box[0] !== version || box.length < 1 + ivBytes + tagBytes) throw new SealBroken()
  const iv = box.subarray(1, 1 + ivBytes)
  const decipher = createDecipheriv(algorithm, key, iv, { authTagLength: tagBytes })
  decipher.setAAD(Buffer.from(context)).setAuthTag(box.subarray(-tagBytes))
  try {
    return Buffer.concat([decipher.update(box.subarray(1 + ivBytes, -tagBytes)), decipher.final()]).toString()
  } catch {
    throw new SealBroken()
  }
}
