/** Attacks on the JOSE header. Where a signature is possible, it is valid. */
import { createHmac } from 'node:crypto'
import { keys } from '../kit/keys.ts'
import { mint, type Shape, seal } from '../kit/mint.ts'
import { type Attack, bearerOf, foreign, header, headerText } from './attack.ts'

/** HS256 with something public as the secret: algorithm confusion (RFC 8725 §2.1). */
function hmac(shape: Shape, secret: string | Buffer): string {
  const input = mint(shape, {}, { alg: 'HS256' }).replace(/\.[^.]*$/, '')
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

function pem(shape: Shape) {
  return shape.key.publicKey.export({ format: 'pem', type: 'spki' })
}
function der(shape: Shape) {
  return shape.key.publicKey.export({ format: 'der', type: 'spki' })
}

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
  [
    'an ID token’s type',
    { oidc: 'header_typ_unexpected', fieldnotes: 'header_typ_unexpected' },
    header({ typ: 'JWT' }),
  ],
  ['no type', { oidc: 'header_typ_unexpected', fieldnotes: 'header_typ_unexpected' }, header({ typ: undefined })],
  [
    'an access token’s type',
    { cognito: 'header_typ_unexpected', firebase: 'header_typ_unexpected' },
    header({ typ: 'at+jwt' }),
  ],
  ['type null', 'header_typ_unexpected', header({ typ: null })],
  [
    'type in a list',
    'header_typ_unexpected',
    (_shape, name) => header({ typ: [name === 'oidc' || name === 'fieldnotes' ? 'at+jwt' : 'JWT'] })(_shape, name),
  ],
  ['an empty header', 'header_alg_unexpected', headerText(() => '{}')],
]
