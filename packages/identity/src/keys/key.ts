/** One public key of an issuer, from its JWK (RFC 7517). */
import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import type { Algorithm } from '../issuers/issuer.ts'
import { isPlain } from '../token/printable-ascii.ts'
import type { JsonObject } from '../token/strict-json.ts'

export interface Key {
  readonly kid: string
  readonly algorithm: Algorithm
  readonly object: KeyObject
  /** The public members alone, for the library. */
  readonly jwk: { readonly kty: string; readonly [member: string]: string }
  /** RFC 7638, so that one kid with new material is another key. */
  readonly thumbprint: string
}

/** Public members that identify a key, by type, in the order of RFC 7638 §3.2; and the one algorithm that we use the type for. */
const types: ReadonlyMap<unknown, KeyType> = new Map([
  ['RSA', { algorithm: 'RS256', members: ['e', 'kty', 'n'] }],
  ['EC', { algorithm: 'ES256', members: ['crv', 'kty', 'x', 'y'] }],
])

interface KeyType {
  readonly algorithm: Algorithm
  readonly members: readonly string[]
}

/** Members of private and symmetric keys (RFC 7518 §6.2.2, §6.3.2, §6.4.1). Who publishes one has lost it. */
const secret = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'] as const

/** Keys whose private half anybody can download: that of the Cognito emulator cognito-local. */
const published = new Set(['jS8J3RuOy291lpsiFe2NfKV6VkdfMF4Q_840qOLXAjs'])

/** `undefined` for a key that must not be used for these algorithms: private, weak, published, or for another purpose. */
export function parseKey(jwk: unknown, algorithms: readonly Algorithm[], trustPublished: boolean): Key | undefined {
  if (!isObject(jwk) || !isPlain(jwk.kid) || !isForSignatures(jwk)) return undefined
  const type = types.get(jwk.kty)
  if (type === undefined || !algorithms.includes(type.algorithm)) return undefined
  if (jwk.alg !== undefined && jwk.alg !== type.algorithm) return undefined
  const object = publicKey(Object.fromEntries(type.members.map((member) => [member, jwk[member]])))
  if (object === undefined || !isStrong(object)) return undefined
  const key = keyOf(object, jwk.kid, type)
  return published.has(key.thumbprint) && !trustPublished ? undefined : key
}

/** All from the parsed key, not from the text, so that another spelling of the same key is the same key. */
function keyOf(object: KeyObject, kid: string, { algorithm, members }: KeyType): Key {
  const exported = object.export({ format: 'jwk' })
  const thumbprint = createHash('sha256')
    .update(JSON.stringify(exported, [...members]))
    .digest('base64url')
  return {
    kid,
    algorithm,
    object,
    jwk: { ...exported, kty: String(exported.kty), kid, alg: algorithm, use: 'sig' },
    thumbprint,
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isForSignatures(jwk: JsonObject): boolean {
  return (
    !secret.some((member) => Object.hasOwn(jwk, member)) &&
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

/** RSA of 2,048 to 4,096 bits (RFC 7518 §3.3) with a sound exponent, or P-256 (§3.4). */
function isStrong({ asymmetricKeyType, asymmetricKeyDetails: details }: KeyObject): boolean {
  if (asymmetricKeyType === 'ec') return details?.namedCurve === 'prime256v1'
  const { modulusLength = 0, publicExponent = 0n } = details ?? {}
  return modulusLength >= 2048 && modulusLength <= 4096 && publicExponent >= 65_537n && publicExponent % 2n === 1n
}
