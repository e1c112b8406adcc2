/** What a copy of the table says about the input of a keyed call. */
import { createHash } from 'node:crypto'
import type { Item } from '@fieldnotes/table/writes'
import { describe, expect, it } from 'vitest'
import { receiptOf } from '../../src/store/receipts.ts'

const now = 1_795_339_800_000
const alice = { personId: 'alice', clock: () => now }
const body = { title: 'milk', tags: ['shop'] }

function receipt(idempotencyKey: string, input: object = body) {
  const found = receiptOf(alice, 'createNote', { ...input, idempotencyKey })
  if (!found) throw new Error('no receipt')
  return found
}

/** The item as it is stored. */
function stored(idempotencyKey: string, input: object = body): Item {
  const write = receipt(idempotencyKey, input).write([{ id: 'n', version: 1 }])
  if (!('put' in write)) throw new Error('no put')
  return write.put
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}

/** The JSON of the input, which a reader of the table could guess. */
const guess = '{"tags":["shop"],"title":"milk"}'
/** A receipt of the previous release. */
const former: Item = { ...stored('key'), body: sha256(guess) }
const refusal = expect.objectContaining({ code: 'BAD_USER_INPUT' })

describe('the digest of an input', () => {
  it('does not confirm a guess of the input without the key, which is stored as a hash alone', () => {
    const values = Object.values(stored('key'))
    for (const known of ['key', guess, sha256(guess)]) expect(values).not.toContain(known)
    expect(JSON.stringify(values)).toContain(sha256('key'))
  })

  it('differs for each key and each input, and not for the order of members', () => {
    const digests = [stored('key'), stored('other'), stored('key', { title: 'milk' })].map((item) => item.body)
    expect(new Set(digests).size).toBe(3)
    expect(stored('key', { tags: ['shop'], title: 'milk' }).body).toBe(digests[0])
  })

  it.each([
    ['this release', stored('key')],
    ['the previous release', former],
  ])('recognises the same input in a receipt of %s, and refuses another one', (_release, item) => {
    expect(receipt('key').firstCall(item)).toEqual({ ids: ['n'], version: 1 })
    expect(() => receipt('key', { title: 'bread' }).firstCall(item)).toThrow(refusal)
    expect(() => receipt('other').firstCall({ ...item, body: stored('key').body })).toThrow(refusal)
  })
})
