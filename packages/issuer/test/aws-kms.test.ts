/** The client of KMS, against a fake on the other side of the wire. */
import { generateKeyPairSync, verify } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { kmsKeys } from '../src/keys/aws-kms.ts'
import { heldKeys } from '../src/keys/held-key.ts'
import { fakeKms, type KmsRequest } from './kit/fake-kms.ts'

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const held = heldKeys({ arn: privateKey.export({ format: 'jwk' }) })
const requests: KmsRequest[] = []

const server = createServer(fakeKms(held, requests))

beforeAll(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
  await once(server.listen(0, '127.0.0.1'), 'listening')
})
afterAll(() => void server.close())

function open() {
  return kmsKeys({ region: 'eu-west-1', endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
}

describe('kmsKeys', () => {
  it('reads the public half, and signs with SHA-256 over the message', async () => {
    const keys = open()
    expect((await keys.publicKey('arn')).equals(publicKey)).toBe(true)
    const message = Buffer.from('header.payload')
    expect(verify('sha256', message, publicKey, await keys.sign('arn', message))).toBe(true)
    expect(requests.at(-1)).toEqual({
      target: 'TrentService.Sign',
      body: {
        KeyId: 'arn',
        Message: message.toString('base64'),
        MessageType: 'RAW',
        SigningAlgorithm: 'ECDSA_SHA_256',
      },
    })
  })

  it('fails as the fake of the laptop does for a key that does not exist', async () => {
    for (const keys of [open(), held]) {
      await expect(keys.publicKey('other')).rejects.toMatchObject({ name: 'NotFoundException' })
      await expect(keys.sign('other', Buffer.from('a'))).rejects.toMatchObject({ name: 'NotFoundException' })
    }
  })

  it('has a fake that refuses what KMS refuses: more than 4,096 bytes', async () => {
    expect((await held.sign('arn', Buffer.alloc(4096))).byteLength).toBeGreaterThan(64)
    await expect(held.sign('arn', Buffer.alloc(4097))).rejects.toMatchObject({ name: 'ValidationException' })
  })
})
