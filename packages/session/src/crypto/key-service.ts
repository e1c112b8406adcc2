/** What sessions need of AWS KMS, as an interface: a laptop and tests have a key service of their own. */

/** A new key, and the same key encrypted under the master key. Only the second is stored. */
export interface DataKey {
  /** 32 bytes. */
  readonly plain: Uint8Array
  readonly wrapped: Uint8Array
}

/**
 * The master key. Both calls have one fixed encryption context, so that a data key of another use does not decrypt.
 * They reject when the service is out of reach.
 */
export interface KeyService {
  /** KMS `GenerateDataKey` with `AES_256`. */
  readonly generateDataKey: () => Promise<DataKey>
  /**
   * KMS `Decrypt`. It rejects with an error named `InvalidCiphertextException` for bytes that the master key did not
   * encrypt, as the SDK does.
   */
  readonly decrypt: (wrapped: Uint8Array) => Promise<Uint8Array>
}
