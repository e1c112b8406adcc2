import { beforeEach, describe, expect, it } from 'vitest'
import { createLocalKeys } from '../../scripts/local-keys.ts'
import { SealBroken } from '../../src/crypto/box.ts'
import { createEnvelope } from '../../src/crypto/envelope.ts'
import type { KeyService } from '../../src/crypto/key-service.ts'

let time = 0
let calls: string[] = []
/** Whether the key service answers. */
let isUp = true
beforeEach(() => {
  time = 0
  calls = []
  isUp = true
})

function counted(keys: KeyService): KeyService {
  const call = (name: string) => {
    calls.push(name)
    if (!isUp) throw new Error('no answer')
  }
  return {
    generateDataKey: async () => {
      call('generate')
      return keys.generateDataKey()
    },
    decrypt: async (wrapped) => {
      call('decrypt')
      return keys.decrypt(wrapped)
    },
  }
}

const keys = createLocalKeys('secret')

function newEnvelope() {
  return createEnvelope(counted(keys), () => time)
}

describe('an envelope', () => {
  it('opens in another process', async () => {
    const sealed = await newEnvelope().seal('a refresh token', 'session 1')
    expect(await newEnvelope().open(sealed, 'session 1')).toBe('a refresh token')
    expect(calls).toEqual(['generate', 'decrypt'])
  })

  it('calls the key service once for many values, however many at the same time', async () => {
    const envelope = newEnvelope()
    const sealed = await Promise.all(Array.from({ length: 20 }, () => envelope.seal('t', 'c')))
    await Promise.all(sealed.map((each) => envelope.open(each, 'c')))
    const other = newEnvelope()
    await Promise.all(sealed.map((each) => other.open(each, 'c')))
    expect(calls).toEqual(['generate', 'decrypt'])
  })

  it('seals under a new data key after five minutes, and opens the old ones', async () => {
    const envelope = newEnvelope()
    const first = await envelope.seal('t', 'c')
    time = 5 * 60_000 - 1
    expect((await envelope.seal('t', 'c')).dataKey).toEqual(first.dataKey)
    time += 1
    expect((await envelope.seal('t', 'c')).dataKey).not.toEqual(first.dataKey)
    expect(await envelope.open(first, 'c')).toBe('t')
    expect(calls).toEqual(['generate', 'generate'])
  })

  it('does not open in another session', async () => {
    const envelope = newEnvelope()
    await expect(envelope.open(await envelope.seal('t', 'session 1'), 'session 2')).rejects.toThrow(SealBroken)
  })

  it.each([
    ['of another master key', async () => (await createLocalKeys('other').generateDataKey()).wrapped],
    ['that is no data key', async () => Buffer.from('x')],
  ])('does not open with a data key %s', async (_name, wrapped) => {
    const envelope = newEnvelope()
    const sealed = { ...(await envelope.seal('t', 'c')), dataKey: await wrapped() }
    await expect(envelope.open(sealed, 'c')).rejects.toThrow(SealBroken)
  })

  it('is unavailable while the key service is down, and works after it', async () => {
    const sealed = await newEnvelope().seal('t', 'c')
    const envelope = newEnvelope()
    isUp = false
    await expect(envelope.seal('t', 'c')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    await expect(envelope.open(sealed, 'c')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    isUp = true
    expect(await envelope.open(sealed, 'c')).toBe('t')
    expect(await envelope.open(await envelope.seal('u', 'c'), 'c')).toBe('u')
  })

  it('remembers 500 data keys, and no more', async () => {
    const envelope = newEnvelope()
    const seals = []
    for (let at = 0; at < 501; at += 1) seals.push(await newEnvelope().seal('t', 'c'))
    for (const sealed of seals) await envelope.open(sealed, 'c')
    calls = []
    for (const sealed of [...seals.slice(1), ...seals.slice(0, 1)]) await envelope.open(sealed, 'c')
    expect(calls).toEqual(['decrypt'])
  })
})
