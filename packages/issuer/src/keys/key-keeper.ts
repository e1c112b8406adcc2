/** A service that has private ES256 keys and never gives them away: AWS KMS, or the fake of the laptop. */
import type { KeyObject } from 'node:crypto'

/** Most bytes of a message that KMS hashes and signs itself (AWS KMS API Reference, `Sign`, `MessageType: RAW`). */
export const messageBytesMax = 4096

/** Keys by id. */
export interface KeyService {
  /** The public half of a key. */
  readonly publicKey: (keyId: string) => Promise<KeyObject>
  /** ECDSA over SHA-256 of a message of at most 4,096 bytes, as DER (RFC 3279 §2.2.3). */
  readonly sign: (keyId: string, message: Uint8Array) => Promise<Uint8Array>
}
