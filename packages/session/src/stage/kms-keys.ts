/** AWS KMS as the key service of sessions. Its client is loaded with the first call. */
import { loadOnce } from '@fieldnotes/core/load-once'
import type { KeyService } from '../crypto/key-service.ts'
import { type AwsOptions, abortAfter, clientOptions } from './call-options.ts'

/** The key, by its ARN, and where KMS is. */
export interface KmsOptions extends AwsOptions {
  readonly keyArn: string
}

/**
 * Authenticated with each data key, and demanded by the key's policy (`infra/session-key.ts`): a data key of another
 * use does not decrypt (AWS KMS Developer Guide, "Encryption context").
 */
export const encryptionContext = { use: 'fieldnotes session' } as const

/** Milliseconds after which a call is aborted. */
const callMs = 3000

/** The data keys of one symmetric KMS key (AWS KMS API Reference, `GenerateDataKey` and `Decrypt`). */
export function createKmsKeys(options: KmsOptions): KeyService {
  const shared = { KeyId: options.keyArn, EncryptionContext: encryptionContext }
  const open = loadOnce(async () => {
    const { KMSClient, GenerateDataKeyCommand, DecryptCommand } = await import('@aws-sdk/client-kms')
    return { client: new KMSClient(clientOptions(options)), GenerateDataKeyCommand, DecryptCommand }
  })
  return {
    generateDataKey: async () => {
      const { client, GenerateDataKeyCommand } = await open()
      const command = new GenerateDataKeyCommand({ ...shared, KeySpec: 'AES_256' })
      const { Plaintext, CiphertextBlob } = await client.send(command, abortAfter(callMs))
      return { plain: whole(Plaintext, 32), wrapped: whole(CiphertextBlob) }
    },
    decrypt: async (CiphertextBlob) => {
      const { client, DecryptCommand } = await open()
      const command = new DecryptCommand({ ...shared, CiphertextBlob })
      const { Plaintext } = await client.send(command, abortAfter(callMs)).catch(namedAlike)
      return whole(Plaintext, 32)
    },
  }
}

/** @throws Error for an answer without its bytes, or of another length: nothing may be sealed under a short key */
function whole(bytes: Uint8Array | undefined, length?: number): Uint8Array {
  if (bytes && bytes.length > 0 && (length === undefined || bytes.length === length)) return bytes
  throw new Error('an answer of KMS without its bytes')
}

/** A data key of another KMS key does not decrypt either. Its refusal has another name (`IncorrectKeyException`). */
function namedAlike(error: unknown): never {
  if (!(error instanceof Error) || error.name !== 'IncorrectKeyException') throw error
  throw Object.assign(new Error('not encrypted by this key'), { name: 'InvalidCiphertextException' })
}
