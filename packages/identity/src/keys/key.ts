/** One public key of an issuer, parsed from its JWK (RFC 7517). */
import { createHash, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { fixedBounds } from '../bounds.ts'
import { isPrintableAscii } from '../token/printable-ascii.ts'
import { isJsonObject, type JsonObject } from '../token/strict-json.ts'
import type { Algorithm } from '../token/token-profile.ts'

/** A public key that is fit to verify signatures with. */
export interface PublicKey {
  readonly algorithm: Algorithm
  readonly object: KeyObject
  /** The public members only. */
  readonly members: JsonWebKey
  /** JWK thumbprint (RFC 7638). */
  readonly thumbprint: string
}

/** A key of an issuer's key set. */
export interface Key {
  readonly kid: string
  readonly algorithm: Algorithm
  readonly object: KeyObject
  /** The public members only, for aws-jwt-verify. */
  readonly jwk: { readonly kty: string; readonly [member: string]: string }
  /** JWK thumbprint (RFC 7638). It shows that an issuer reused a `kid` for another key. */
  readonly thumbprint: string
}

/** For each key type: the public members in the order of RFC 7638 §3.2, and the one algorithm that is supported. */
const types: ReadonlyMap<unknown, KeyType> = new Map([
  ['RSA', { algorithm: 'RS256', members: ['e', 'kty', 'n'] }],
  ['EC', { algorithm: 'ES256', members: ['crv', 'kty', 'x', 'y'] }],
])

interface KeyType {
  readonly algorithm: Algorithm
  readonly members: readonly string[]
}

/**
 * Members of private and symmetric keys (RFC 7518 §6.2.2, §6.3.2, §6.4.1). A published key that has one is compromised.
 */
const secretMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'] as const

/** Thumbprints of keys whose private half is public: the key of the Cognito emulator cognito-local. */
const publishedKeys = new Set(['jS8J3RuOy291lpsiFe2NfKV6VkdfMF4Q_840qOLXAjs'])

/**
 * Parses a JWK of a key set; `undefined` for one without a valid `kid`, for one that `parsePublicKey` refuses, and for
 * one with a published private half.
 */
export function parseKey(jwk: unknown, algorithms: readonly Algorithm[], trustPublished: boolean): Key | undefined {
  if (!isJsonObject(jwk) || !isPrintableAscii(jwk.kid)) return undefined
  const { kid } = jwk
  const key = parsePublicKey(jwk, algorithms)
  if (key === undefined || (publishedKeys.has(key.thumbprint) && !trustPublished)) return undefined
  const { algorithm, object, members, thumbprint } = key
  return { kid, algorithm, object, jwk: jwkOf(members, kid, algorithm), thumbprint }
}

/**
 * Parses a JWK; `undefined` for a key that must not be used: private, symmetric, weak, for encryption, or of another
 * algorithm.
 */
export function parsePublicKey(jwk: unknown, algorithms: readonly Algorithm[]): PublicKey | undefined {
  if (!isJsonObject(jwk) || !isForSignatures(jwk)) return undefined
  const type = types.get(jwk.kty)
  if (type === undefined || !algorithms.includes(type.algorithm)) return undefined
  if (jwk.alg !== undefined && jwk.alg !== type.algorithm) return undefined
  const object = publicKey(Object.fromEntries(type.members.map((member) => [member, jwk[member]])))
  return object !== undefined && isStrong(object) ? keyOf(object, type) : undefined
}

/** Exports the parsed key, because one key can be written as JWK in several ways. */
function keyOf(object: KeyObject, { algorithm, members: names }: KeyType): PublicKey {
  const members = object.export({ format: 'jwk' })
  const thumbprint = createHash('sha256')
    .update(JSON.stringify(members, [...names]))
    .digest('base64url')
  return { algorithm, object, members, thumbprint }
}

function jwkOf(members: JsonWebKey, kid: string, algorithm: Algorithm): Key['jwk'] {
  return { ...members, kty: String(members.kty), kid, alg: algorithm, use: 'sig' } as Key['jwk']
}

function isForSignatures(jwk: JsonObject): boolean {
  return (
    !secretMembers.some((member) => Object.hasOwn(jwk, member)) &&
    (jwk.use === undefined || jwk.use === 'sig') &&
    (jwk.key_ops === undefined || (Array.isArray(jwk.key_ops) && jwk.key_ops.includes('verify')))
  )
}

function publicKey(jwk: JsonObject): KeyObject | undefined {
  try {
    return createPublicKey({ key: { ...jwk }, format: 'jwk' })
  } catch {
    return undefined
  }
}

/** RSA of 2,048 to 4,096 bits (RFC 7518 §3.3) with an odd exponent of at least 65,537, or P-256 (§3.4). */
function isStrong({ asymmetricKeyType, asymmetricKeyDetails: details }: KeyObject): boolean {
  if (asymmetricKeyType === 'ec') return details?.namedCurve === 'prime256v1'
  const { modulusLength = 0, publicExponent = 0n } = details ?? {}
  const { rsaBitsMin, rsaBitsMax } = fixedBounds
  if (modulusLength < rsaBitsMin || modulusLength > rsaBitsMax) return false
  return publicExponent >= 65_537n && publicExponent % 2n === 1n
}
