import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createEnvelope } from '../../src/crypto/envelope.ts'
import { createKmsKeys, encryptionContext } from '../../src/stage/kms-keys.ts'
import { answering, credentials, kmsOperations, type Operations, Refusal, serve } from '../kit/fake-aws.ts'

const keyArn = 'arn:aws:kms:eu-west-1:123456789012:key/one'
let operations: Operations
const { server, endpoint } = await serve((request, response) => answering(operations)(request, response))

beforeAll(() => {
  for (const [name, value] of Object.entries(credentials)) vi.stubEnv(name, value)
  operations = kmsOperations(keyArn, encryptionContext)
})
afterAll(() => void server.close())

function keysOf(arn = keyArn) {
  return createKmsKeys({ region: 'eu-west-1', endpoint, keyArn: arn })
}

/** Runs with other answers of KMS. */
async function withAnswers<T>(other: Operations, act: () => Promise<T>): Promise<T> {
  const before = operations
  operations = { ...before, ...other }
  return act().finally(() => {
    operations = before
  })
}

describe('createKmsKeys', () => {
  it('creates a data key that the same key decrypts, in another process too', async () => {
    const { plain, wrapped } = await keysOf().generateDataKey()
    expect(plain).toHaveLength(32)
    expect(Buffer.from(wrapped).includes(Buffer.from(plain))).toBe(false)
    expect(Buffer.from(await keysOf().decrypt(wrapped)).equals(plain)).toBe(true)
  })

  it('is what an envelope needs: what one process seals, another opens', async () => {
    const sealed = await createEnvelope(keysOf(), Date.now).seal('refresh-token', 'session-1')
    expect(await createEnvelope(keysOf(), Date.now).open(sealed, 'session-1')).toBe('refresh-token')
    await expect(createEnvelope(keysOf(), Date.now).open(sealed, 'session-2')).rejects.toThrow('does not open')
  })

  it('names its use with each call: a data key of another use does not decrypt', async () => {
    const { wrapped } = await keysOf().generateDataKey()
    const elsewhere = kmsOperations(keyArn, { use: 'something else' })
    const opening = withAnswers(elsewhere, () => keysOf().decrypt(wrapped))
    await expect(opening).rejects.toMatchObject({ name: 'InvalidCiphertextException' })
  })

  it('refuses changed bytes, and those of another key, as one and the same', async () => {
    const { wrapped } = await keysOf().generateDataKey()
    const changed = wrapped.with(20, (wrapped.at(20) ?? 0) ^ 1)
    await expect(keysOf().decrypt(changed)).rejects.toMatchObject({ name: 'InvalidCiphertextException' })
    const other = `${keyArn.slice(0, -3)}two`
    await expect(keysOf(other).decrypt(wrapped)).rejects.toMatchObject({ name: 'InvalidCiphertextException' })
  })

  it.each(['DisabledException', 'AccessDeniedException', 'KMSInvalidStateException'])(
    'passes an outage on as one, which ends no session: %s',
    async (name) => {
      const { wrapped } = await keysOf().generateDataKey()
      const refuse = () => {
        throw new Refusal(name)
      }
      const opening = withAnswers({ Decrypt: refuse }, () => keysOf().decrypt(wrapped))
      await expect(opening).rejects.toMatchObject({ name })
    },
  )

  it.each([{}, { Plaintext: '', CiphertextBlob: 'AAAA' }, { Plaintext: 'AAAA', CiphertextBlob: 'AAAA' }])(
    'seals nothing under a key that is missing or short: %j',
    async (answer) => {
      const keys = withAnswers({ GenerateDataKey: () => answer }, () => keysOf().generateDataKey())
      await expect(keys).rejects.toThrow('without its bytes')
    },
  )
})
