import { describe, expect, it } from 'vitest'
import { parseKey } from '../../src/keys/key.ts'
import { authenticate, identityWith, outcomeOf } from '../kit/identities.ts'
import { ecPair, keys, publishedKey } from '../kit/keys.ts'
import { mint, shapes } from '../kit/mint.ts'

const both = ['RS256', 'ES256'] as const
const rsa = keys.cognito.jwk
const ec = keys.oidc.jwk
function without(jwk: Readonly<Record<string, unknown>>, member: string) {
  return { ...jwk, [member]: undefined }
}

/** An RSA public key of this length, without a private half. */
function ofBits(bits: number) {
  return {
    ...rsa,
    n: Buffer.from(((1n << BigInt(bits)) - 1n).toString(16).padStart(Math.ceil(bits / 8) * 2, '0'), 'hex').toString(
      'base64url',
    ),
  }
}

const unfit: readonly (readonly [string, unknown])[] = [
  ['null', null],
  ['a string', 'key'],
  ['a list', [rsa]],
  ['an empty object', {}],
  ['a private RSA key', { ...keys.cognito.privateKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256' }],
  ['a private EC key', { ...keys.oidc.privateKey.export({ format: 'jwk' }), kid: 'k', alg: 'ES256' }],
  ...['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'].map(
    (member) => [`a key with ${member}`, { ...rsa, [member]: '' }] as const,
  ),
  ['a symmetric key', { kty: 'oct', k: 'c2VjcmV0', kid: 'k', alg: 'HS256' }],
  ['a symmetric key without secret', { kty: 'oct', kid: 'k', alg: 'RS256' }],
  ['an Ed25519 key', { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', kid: 'k' }],
  ['a type named like a method', { ...rsa, kty: 'constructor' }],
  ['a type in a list', { ...rsa, kty: ['RSA'] }],
  ['no type', without(rsa, 'kty')],
  ['RSA of 1,024 bits', ofBits(1024)],
  ['RSA of 2,047 bits', ofBits(2047)],
  ['RSA with exponent 1', { ...rsa, e: 'AQ' }],
  ['RSA with exponent 3', { ...rsa, e: 'Aw' }],
  ['RSA with an even exponent', { ...rsa, e: 'AQAC' }],
  ['RSA of 4,097 bits', ofBits(4097)],
  ['RSA without modulus', without(rsa, 'n')],
  ['RSA with a number for modulus', { ...rsa, n: 7 }],
  ['P-384', ecPair('k', 'P-384').jwk],
  ['secp256k1', { ...ecPair('k', 'secp256k1').jwk, alg: 'ES256' }],
  ['EC without y', without(ec, 'y')],
  ['a point off the curve', { ...ec, y: ec.x }],
  ['no kid', without(rsa, 'kid')],
  ['an empty kid', { ...rsa, kid: '' }],
  ['kid as a number', { ...rsa, kid: 1 }],
  ['a kid of 129 characters', { ...rsa, kid: 'k'.repeat(129) }],
  ['for encryption', { ...rsa, use: 'enc' }],
  ['for nothing known', { ...rsa, use: null }],
  ['to encrypt', { ...rsa, key_ops: ['encrypt'] }],
  ['to sign', { ...rsa, key_ops: ['sign'] }],
  ['operations that are no list', { ...rsa, key_ops: 'verify' }],
  ['RS512', { ...rsa, alg: 'RS512' }],
  ['PS256', { ...rsa, alg: 'PS256' }],
  ['RSA for ES256', { ...rsa, alg: 'ES256' }],
  ['EC for RS256', { ...ec, alg: 'RS256' }],
  ['alg null', { ...rsa, alg: null }],
]

describe('parseKey', () => {
  it.each(unfit)('drops %s', (_what, jwk) => {
    expect(parseKey(jwk, both, true)).toBeUndefined()
  })

  it.each([
    ['an RSA key', rsa, 'RS256'],
    ['an EC key', ec, 'ES256'],
    ['a key that does not name its algorithm', without(rsa, 'alg'), 'RS256'],
    ['a key that does not name its use', without(rsa, 'use'), 'RS256'],
    ['a key to verify', { ...rsa, key_ops: ['verify', 'sign'] }, 'RS256'],
    ['RSA of 4,096 bits', ofBits(4096), 'RS256'],
    ['a key with a certificate, which is ignored', { ...rsa, x5c: ['MIIB'], x5t: 'x' }, 'RS256'],
  ])('takes %s', (_what, jwk, algorithm) => {
    expect(parseKey(jwk, both, false)).toMatchObject({ algorithm, kid: (jwk as { kid: string }).kid })
  })

  it('drops a key of an algorithm that the issuer does not use', () => {
    expect(parseKey(rsa, ['ES256'], false)).toBeUndefined()
    expect(parseKey(ec, ['RS256'], false)).toBeUndefined()
  })

  it('gives one thumbprint to two spellings of a key, and none of its other members to the library', () => {
    const spelled = { y: ec.y, x: ec.x, kty: 'EC', crv: 'P-256', kid: 'other', x5t: 'x' }
    expect(parseKey(spelled, both, false)?.thumbprint).toBe(parseKey(ec, both, false)?.thumbprint)
    expect(Object.keys(parseKey(spelled, both, false)?.jwk ?? {}).sort()).toEqual([
      'alg',
      'crv',
      'kid',
      'kty',
      'use',
      'x',
      'y',
    ])
  })

  it('computes the thumbprint of RFC 7638 §3.1', () => {
    const n =
      '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw'
    expect(parseKey({ kty: 'RSA', n, e: 'AQAB', kid: '2011-04-29' }, both, false)?.thumbprint).toBe(
      'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs',
    )
  })

  it('accepts the public key of cognito-local only when that is configured', () => {
    expect(parseKey(publishedKey, both, false)).toBeUndefined()
    expect(parseKey(publishedKey, both, true)).toMatchObject({ kid: 'CognitoLocal' })
  })
})

describe('a key server that serves the published key', () => {
  it.each([
    ['refuse', 'UNAUTHENTICATED key_unknown'],
    ['trust', 'UNAUTHENTICATED signature_invalid'],
  ] as const)('is believed by no deployment: %s', async (loopbackIssuers, expected) => {
    const identity = identityWith({ loopbackIssuers, fetch: async () => Response.json({ keys: [publishedKey] }) })
    const token = mint(shapes.cognito, {}, { kid: publishedKey.kid })
    expect(await outcomeOf(authenticate(identity, token))).toBe(expected)
  })
})
