/** Attacks on the signature. */
import { keys, rsaPair } from '../kit/keys.ts'
import { base64url, mint, signatureOf } from '../kit/mint.ts'
import { type Attack, bearerOf, foreign, text } from './attack.ts'

const weak = rsaPair('weak', 1024)

function withSignature(sign: (signature: Buffer) => Uint8Array) {
  return text((token) => {
    const end = token.lastIndexOf('.') + 1
    return token.slice(0, end) + base64url(sign(Buffer.from(token.slice(end), 'base64url')))
  })
}

function flip(signature: Buffer, at: number): Buffer {
  const copy = Buffer.from(signature)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}

export const signatureAttacks: readonly Attack[] = [
  ['the first bit flipped', 'signature_invalid', withSignature((signature) => flip(signature, 0))],
  ['the last bit flipped', 'signature_invalid', withSignature((signature) => flip(signature, signature.length - 1))],
  ['one byte short', 'signature_invalid', withSignature((signature) => signature.subarray(0, -1))],
  ['one byte long', 'signature_invalid', withSignature((signature) => Buffer.concat([signature, Buffer.alloc(1)]))],
  ['a leading zero', 'signature_invalid', withSignature((signature) => Buffer.concat([Buffer.alloc(1), signature]))],
  ['all zero (CVE-2022-21449)', 'signature_invalid', withSignature((signature) => Buffer.alloc(signature.length))],
  ['all ones', 'signature_invalid', withSignature((signature) => Buffer.alloc(signature.length, 255))],
  ['one zero byte', 'signature_invalid', withSignature(() => Buffer.alloc(1))],
  [
    'halves exchanged',
    'signature_invalid',
    withSignature((signature) =>
      Buffer.concat([signature.subarray(signature.length / 2), signature.subarray(0, signature.length / 2)]),
    ),
  ],
  [
    'of another token',
    'signature_invalid',
    (shape) => bearerOf(`${mint(shape).replace(/[^.]*$/, '')}${mint(shape, { jti: 'other' }).split('.')[2]}`),
  ],
  [
    'claims exchanged under it',
    'signature_invalid',
    (shape) =>
      bearerOf(mint(shape).replace(/\.[^.]*\./, `.${base64url(JSON.stringify({ ...shape.claims, sub: 'victim' }))}.`)),
  ],
  [
    'header re-spelled under it',
    'signature_invalid',
    (shape) => bearerOf(mint(shape).replace(/^[^.]*/, base64url(JSON.stringify(shape.header, null, 1)))),
  ],
  ['by a key of no issuer', 'signature_invalid', (shape) => bearerOf(mint({ ...shape, key: foreign(shape) }))],
  [
    'by a weak key',
    { cognito: 'signature_invalid', firebase: 'signature_invalid' },
    (shape) => bearerOf(mint({ ...shape, key: weak })),
  ],
  [
    'by the key of another issuer under this kid',
    { cognito: 'signature_invalid', firebase: 'signature_invalid' },
    (shape, name) => bearerOf(mint({ ...shape, key: name === 'cognito' ? keys.firebase : keys.cognito })),
  ],
  ['in DER', { oidc: 'signature_invalid' }, withSignature((signature) => derOf(signature))],
  [
    'over the claims alone',
    'signature_invalid',
    (shape) =>
      bearerOf(
        mint(shape).replace(/[^.]*$/, base64url(signatureOf(shape.key, base64url(JSON.stringify(shape.claims))))),
      ),
  ],
]

function integer(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([2, bytes.length + 1, 0]), bytes])
}

/** `r` and `s` as ASN.1, which JWS does not use (RFC 7518 §3.4). */
function derOf(signature: Buffer): Buffer {
  const numbers = Buffer.concat([integer(signature.subarray(0, 32)), integer(signature.subarray(32))])
  return Buffer.concat([Buffer.from([0x30, numbers.length]), numbers])
}
