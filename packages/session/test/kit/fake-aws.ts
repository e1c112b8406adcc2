/** Servers on the other side of the wire, which answer as AWS does (AWS JSON 1.1). */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLocalKeys } from '../../scripts/local-keys.ts'

type Body = Readonly<Record<string, unknown>>

/** A refusal of AWS. */
export class Refusal extends Error {
  override readonly name: string

  constructor(name: string) {
    super(name)
    this.name = name
  }
}

/** An operation such as `Decrypt` → its answer. It throws a `Refusal`. */
export type Operations = Readonly<Record<string, (body: Body) => Body | Promise<Body>>>

/** Answers one request by its operation. */
export function answering(operations: Operations) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = JSON.parse(Buffer.concat(await Array.fromAsync(request)).toString())
    const name = String(request.headers['x-amz-target']).split('.').pop() ?? ''
    response.setHeader('content-type', 'application/x-amz-json-1.1')
    try {
      const operation = operations[name]
      if (!operation) throw new Refusal('UnknownOperationException')
      response.end(JSON.stringify(await operation(body)))
    } catch (error) {
      response.writeHead(400).end(JSON.stringify({ __type: error instanceof Refusal ? error.name : 'InternalFailure' }))
    }
  }
}

/** KMS with one key, which refuses what the real one refuses: other keys, and another encryption context. */
export function kmsOperations(keyArn: string, context: object): Operations {
  const keys = createLocalKeys(keyArn)
  const check = ({ KeyId, EncryptionContext }: Body) => {
    if (KeyId !== keyArn) throw new Refusal('IncorrectKeyException')
    if (JSON.stringify(EncryptionContext) !== JSON.stringify(context)) throw new Refusal('InvalidCiphertextException')
  }
  return {
    GenerateDataKey: async (body) => {
      check(body)
      if (body.KeySpec !== 'AES_256') throw new Refusal('ValidationException')
      const { plain, wrapped } = await keys.generateDataKey()
      return { KeyId: keyArn, Plaintext: base64(plain), CiphertextBlob: base64(wrapped) }
    },
    Decrypt: async (body) => {
      check(body)
      const plain = await keys.decrypt(Buffer.from(String(body.CiphertextBlob), 'base64')).catch(refused)
      return { KeyId: keyArn, Plaintext: base64(plain) }
    },
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}

function refused(): never {
  throw new Refusal('InvalidCiphertextException')
}

/** A server on a free port of 127.0.0.1. */
export async function serve(
  answer: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<{ readonly server: Server; readonly endpoint: string }> {
  const server = createServer((request, response) => void answer(request, response))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return { server, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/** The clients of AWS sign what they send. */
export const credentials = { AWS_ACCESS_KEY_ID: 'none', AWS_SECRET_ACCESS_KEY: 'none' } as const
