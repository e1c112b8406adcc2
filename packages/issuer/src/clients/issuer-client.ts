/** A client of the issuer: its row of the table of grants, and how it proves that it is the one. */
import { createPublicKey, type JsonWebKey } from 'node:crypto'
import { type ClientRow, ownClientIds, ownRow } from '../grants/client-rows.ts'

/** A public key of a client that signs its assertions (RFC 7523). */
export type PublicJwk = Readonly<Record<string, unknown>>

/** What a client proves itself with. */
export interface Credentials {
  /** Digests of its secrets (`digestOf` of `table`): two while one replaces the other. */
  readonly secretDigests?: readonly string[]
  /** Public keys, for `private_key_jwt`. */
  readonly jwks?: { readonly keys: readonly PublicJwk[] }
}

/** A client with its credentials. */
export interface IssuerClient {
  readonly id: string
  readonly row: ClientRow
  readonly credentials: Credentials
}

const secretsMax = 2
const keysMax = 4
const kidCharsMax = 128
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv']

function isDigest(value: unknown): boolean {
  return typeof value === 'string' && /^[\w-]{43}$/.test(value)
}

/**
 * Whether a key verifies assertions: P-256, or RSA of 2,048 to 4,096 bits (RFC 7518 §3.3, §3.4). Its own members do not
 * say otherwise, and none of them is private.
 */
function isPublicKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { kid = '', use = 'sig' } = value as PublicJwk
  const isNamed = typeof kid === 'string' && kid.length <= kidCharsMax && use === 'sig'
  return isNamed && !privateMembers.some((member) => Object.hasOwn(value, member)) && isStrong(value)
}

function isStrong(jwk: object): boolean {
  try {
    const key = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' })
    const { namedCurve, modulusLength = 0 } = key.asymmetricKeyDetails ?? {}
    return namedCurve === 'prime256v1' || (modulusLength >= 2048 && modulusLength <= 4096)
  } catch {
    return false
  }
}

function isFilledList(list: unknown, max: number, isEntry: (value: unknown) => boolean): boolean {
  return Array.isArray(list) && list.length >= 1 && list.length <= max && list.every(isEntry)
}

/** Returns one sentence for each fault of the credentials of a client that authenticates by `auth`. */
export function credentialsFaults(auth: ClientRow['auth'], { secretDigests, jwks }: Credentials): readonly string[] {
  if (auth === 'none') return secretDigests || jwks ? ['a public client has no credentials'] : []
  if (auth === 'private_key_jwt')
    return isFilledList(jwks?.keys, keysMax, isPublicKey) && !secretDigests
      ? []
      : [`the client has not 1 to ${keysMax} public keys (P-256, or RSA of 2,048 to 4,096 bits), and nothing else`]
  return isFilledList(secretDigests, secretsMax, isDigest) && !jwks
    ? []
    : [`the client has not 1 to ${secretsMax} digests of secrets, and nothing else`]
}

/** The own clients, each with its credentials of the configuration. */
export function ownIssuerClients(credentials: Readonly<Record<string, Credentials>>): readonly IssuerClient[] {
  return ownClientIds.flatMap((id) => {
    const row = ownRow(id)
    return row ? [{ id, row, credentials: credentials[id] ?? {} }] : []
  })
}
