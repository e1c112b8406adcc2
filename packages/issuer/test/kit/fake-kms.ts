/** A fake of KMS on the other side of the wire (AWS JSON 1.1): `GetPublicKey` and `Sign` of held keys. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { HeldKeys } from '../../src/keys/held-key.ts'

/** A request as the client of AWS sends it. */
export interface KmsRequest {
  readonly target: string
  readonly body: Readonly<Record<string, string>>
}

/** Answers requests about these keys, and adds each to `requests`. */
export function fakeKms(keys: HeldKeys, requests: KmsRequest[] = []) {
  async function answer({ target, body: { KeyId = '', Message = '' } }: KmsRequest): Promise<object> {
    if (target === 'TrentService.Sign') {
      const signature = await keys.sign(KeyId, Buffer.from(Message, 'base64'))
      return { Signature: Buffer.from(signature).toString('base64') }
    }
    const publicKey = await keys.publicKey(KeyId)
    return { PublicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64') }
  }
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = JSON.parse(Buffer.concat(await Array.fromAsync(request)).toString())
    const sent = { target: String(request.headers['x-amz-target']), body }
    requests.push(sent)
    response.setHeader('content-type', 'application/x-amz-json-1.1')
    try {
      response.end(JSON.stringify(await answer(sent)))
    } catch (error) {
      response.writeHead(400).end(JSON.stringify({ __type: (error as Error).name }))
    }
  }
}
