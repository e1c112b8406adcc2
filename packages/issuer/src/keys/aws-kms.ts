/** AWS KMS. Its client is loaded with the first call: metadata needs none. */
import { createPublicKey } from 'node:crypto'
import type { KMSClient, SignCommandInput } from '@aws-sdk/client-kms'
import type { KeyService } from './key-keeper.ts'

/** Where KMS is. */
export interface KmsOptions {
  readonly region: string
  /** URL of another KMS than that of the region. For tests. */
  readonly endpoint?: string
}

/** Milliseconds after which a call is aborted: a token is answered within the function's own time, or not at all. */
const callMs = 3000

/** Keys of KMS (AWS KMS API Reference, `GetPublicKey` and `Sign`). A key's id is its ARN. */
export function kmsKeys(options: KmsOptions): KeyService {
  let loading: Promise<KMSClient> | undefined
  const open = (): Promise<KMSClient> => {
    loading ??= import('@aws-sdk/client-kms').then(({ KMSClient }) => new KMSClient(options))
    return loading
  }
  return {
    publicKey: async (KeyId) => {
      const [client, { GetPublicKeyCommand }] = await Promise.all([open(), import('@aws-sdk/client-kms')])
      const { PublicKey } = await client.send(new GetPublicKeyCommand({ KeyId }), callOptions())
      return createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' })
    },
    sign: async (KeyId, Message) => {
      const [client, { SignCommand }] = await Promise.all([open(), import('@aws-sdk/client-kms')])
      const input: SignCommandInput = { KeyId, Message, MessageType: 'RAW', SigningAlgorithm: 'ECDSA_SHA_256' }
      const { Signature } = await client.send(new SignCommand(input), callOptions())
      return Signature ?? new Uint8Array()
    },
  }
}

function callOptions() {
  return { abortSignal: AbortSignal.timeout(callMs) }
}
