/** DER in, a signature of a JWS out: node:crypto, which shares no code with the conversion, is the oracle. */
import { generateKeyPairSync, sign, verify } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joseSignature } from '../src/keys/signature-form.ts'

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })

function derOf(r: Buffer, s: Buffer): Buffer {
  const integer = (value: Buffer) => Buffer.concat([Buffer.from([2, value.length]), value])
  const body = Buffer.concat([integer(r), integer(s)])
  return Buffer.concat([Buffer.from([0x30, body.length]), body])
}

describe('joseSignature', () => {
  it('verifies as the signature of any message', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (message) => {
        const jose = joseSignature(sign('sha256', message, { key: privateKey, dsaEncoding: 'der' }))
        expect(jose).toHaveLength(64)
        return verify('sha256', message, { key: publicKey, dsaEncoding: 'ieee-p1363' }, jose)
      }),
      { numRuns: 300 },
    )
  })

  it('pads numbers that are short', () => {
    const jose = joseSignature(derOf(Buffer.from([7]), Buffer.from([0, 0x80])))
    expect(jose.toString('hex')).toBe(`${'07'.padStart(64, '0')}${'80'.padStart(64, '0')}`)
  })

  const good = derOf(Buffer.alloc(32, 1), Buffer.alloc(32, 1))
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['half of it', good.subarray(0, 30)],
    ['a byte more', Buffer.concat([good, Buffer.from([0])])],
    ['a third number', Buffer.concat([Buffer.from([0x30, 73]), good.subarray(2), Buffer.from([2, 3, 1, 1, 1])])],
    ['a number of 33 bytes', derOf(Buffer.alloc(33, 1), Buffer.alloc(32, 1))],
    ['an empty number', derOf(Buffer.alloc(0), Buffer.alloc(32, 1))],
    ['another tag', Buffer.concat([Buffer.from([0x31]), good.subarray(1)])],
  ])('refuses %s', (_name, der) => {
    expect(() => joseSignature(der)).toThrow('not the DER')
  })
})
