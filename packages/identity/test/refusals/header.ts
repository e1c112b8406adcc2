/** Attacks on the JOSE header and the signature. */
import { createHmac } from 'node:crypto'
import { keys, rsaPair } from '../kit/keys.ts'
import { base64url, mint, type Shape, seal, signatureOf } from '../kit/mint.ts'
import { type Attack, bearerOf, header, headerText, text } from './attack.ts'

const weak = rsaPair('weak', 1024)

/** HS256 with something public as the secret: the oldest confusion (RFC 8725 §2.1). */
const hmac = (shape: Shape, secret: string | Buffer): string => {
  const input = mint(shape, {}, { alg: 'HS256' }).replace(/\.[^.]*$/, '')
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

const pem = (shape: Shape) => shape.key.publicKey.export({ format: 'pem', type: 'spki' })
const der = (shape: Shape) => shape.key.publicKey.export({ format: 'der', type: 'spki' })

const withSignature = (sign: (signature: Buffer) => Uint8Array) =>
  text((token) => {
    const end = token.lastIndexOf('.') + 1
    return token.slice(0, end) + base64url(sign(Buffer.from(token.slice(end), 'base64url')))
  })

const flip = (signature: Buffer, at: number): Buffer => {
  const copy = Buffer.from(signature)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}

const foreign = ({ key }: Shape) => (key.algorithm === 'ES256' ? keys.foreignEc : keys.foreignRsa)

export const headerAttacks: readonly Attack[] = [
  ...[
    'none',
    'None',
    'NONE',
    'nOnE',
    '',
    ' RS256',
    'rs256',
    'es256',
    'HS256',
    'HS512',
    'RS1',
    'RS384',
    'RS512',
    'PS256',
    'ES384',
    'ES256K',
    'EdDSA',
    'dir',
    'A256KW',
  ].map((alg): Attack => [`alg "${alg}"`, 'header_alg_unexpected', header({ alg })]),
  [
    'alg none without signature',
    'token_malformed',
    (shape) => bearerOf(mint(shape, {}, { alg: 'none' }).replace(/[^.]*$/, '')),
  ],
  ['no alg', 'header_alg_unexpected', header({ alg: undefined })],
  ['alg null', 'header_alg_unexpected', header({ alg: null })],
  ['alg in a list', 'header_alg_unexpected', (shape) => bearerOf(mint(shape, {}, { alg: [shape.header.alg] }))],
  ['alg as an object', 'header_alg_unexpected', header({ alg: { toString: 'RS256' } })],
  [
    'ES256 of an RSA issuer, RS256 of an EC issuer',
    'header_alg_unexpected',
    (shape) => bearerOf(mint(shape, {}, { alg: shape.key.algorithm === 'ES256' ? 'RS256' : 'ES256' })),
  ],
  ['HS256 keyed with the public key as PEM', 'header_alg_unexpected', (shape) => bearerOf(hmac(shape, pem(shape)))],
  ['HS256 keyed with the public key as DER', 'header_alg_unexpected', (shape) => bearerOf(hmac(shape, der(shape)))],
  ['HS256 keyed with nothing', 'header_alg_unexpected', (shape) => bearerOf(hmac(shape, ''))],
  ['an unknown critical extension', 'header_member_forbidden', header({ crit: ['urn:x'], 'urn:x': 1 })],
  ['an empty list of critical extensions', 'header_member_forbidden', header({ crit: [] })],
  ['crit that names what we know', 'header_member_forbidden', header({ crit: ['alg'] })],
  ['crit null', 'header_member_forbidden', header({ crit: null })],
  ['an unencoded payload', 'header_member_forbidden', header({ b64: false, crit: ['b64'] })],
  ['b64 without crit', 'header_member_forbidden', header({ b64: false })],
  ['b64 true', 'header_member_forbidden', header({ b64: true })],
  [
    'its own key',
    'header_member_forbidden',
    (shape) => bearerOf(seal(foreign(shape), { ...shape.header, jwk: foreign(shape).jwk }, shape.claims)),
  ],
  ['the issuer’s key along', 'header_member_forbidden', (shape) => bearerOf(mint(shape, {}, { jwk: shape.key.jwk }))],
  ['an address of keys', 'header_member_forbidden', header({ jku: 'https://attacker.example/jwks' })],
  ['an address of certificates', 'header_member_forbidden', header({ x5u: 'https://attacker.example/x5u' })],
  ['its own certificate', 'header_member_forbidden', header({ x5c: ['MIIB'] })],
  ['compression', 'header_member_forbidden', header({ zip: 'DEF' })],
  ['encryption', 'header_member_forbidden', header({ enc: 'A256GCM' })],
  ['a nested content type', 'header_member_forbidden', header({ cty: 'JWT' })],
  ['no kid', 'header_kid_invalid', header({ kid: undefined })],
  ['an empty kid', 'header_kid_invalid', header({ kid: '' })],
  ['kid null', 'header_kid_invalid', header({ kid: null })],
  ['kid as a number', 'header_kid_invalid', header({ kid: 1 })],
  ['kid in a list', 'header_kid_invalid', (shape) => bearerOf(mint(shape, {}, { kid: [shape.key.kid] }))],
  ['kid with a newline', 'header_kid_invalid', (shape) => bearerOf(mint(shape, {}, { kid: `${shape.key.kid}\n` }))],
  ['kid of 4,000 characters', 'header_kid_invalid', header({ kid: 'k'.repeat(4000) })],
  ['kid as a path', 'key_unknown', header({ kid: '../../../dev/null' })],
  ['kid as a query', 'key_unknown', header({ kid: "'||1--" })],
  ['kid named like a method', 'key_unknown', header({ kid: 'toString' })],
  ['kid in another case', 'key_unknown', (shape) => bearerOf(mint(shape, {}, { kid: shape.key.kid.toUpperCase() }))],
  [
    'kid of another issuer',
    'key_unknown',
    (shape) => bearerOf(mint(shape, {}, { kid: shape.issuer === 'firebase' ? keys.cognito.kid : keys.firebase.kid })),
  ],
  [
    'a key and kid of another issuer',
    { cognito: 'key_unknown', firebase: 'key_unknown' },
    (shape, name) =>
      bearerOf(
        mint(
          { ...shape, key: name === 'cognito' ? keys.firebase : keys.cognito },
          {},
          { kid: name === 'cognito' ? keys.firebase.kid : keys.cognito.kid },
        ),
      ),
  ],
  ...['logout+jwt', 'dpop+jwt', 'secevent+jwt', 'JWS', 'JOSE', '', ' JWT'].map(
    (typ): Attack => [`typ "${typ}"`, 'header_typ_unexpected', header({ typ })],
  ),
  ['an ID token’s type', { oidc: 'header_typ_unexpected' }, header({ typ: 'JWT' })],
  ['no type', { oidc: 'header_typ_unexpected' }, header({ typ: undefined })],
  [
    'an access token’s type',
    { cognito: 'header_typ_unexpected', firebase: 'header_typ_unexpected' },
    header({ typ: 'at+jwt' }),
  ],
  ['type null', 'header_typ_unexpected', header({ typ: null })],
  [
    'type in a list',
    'header_typ_unexpected',
    (_shape, name) => header({ typ: [name === 'oidc' ? 'at+jwt' : 'JWT'] })(_shape, name),
  ],
  ['an empty header', 'header_alg_unexpected', headerText(() => '{}')],
]

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

const integer = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from([2, bytes.length + 1, 0]), bytes])

/** `r` and `s` as ASN.1, which JWS does not use (RFC 7518 §3.4). */
const derOf = (signature: Buffer): Buffer => {
  const numbers = Buffer.concat([integer(signature.subarray(0, 32)), integer(signature.subarray(32))])
  return Buffer.concat([Buffer.from([0x30, numbers.length]), numbers])
}
