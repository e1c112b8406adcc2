/** Passwords: the policy of the deployed pool, and hashes by scrypt (RFC 7914). */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/** A hash with its salt, both base64url, and the cost that it was made with. */
export interface PasswordHash {
  readonly salt: string
  readonly hash: string
  /** CPU and memory cost: a power of two. */
  readonly cost: number
}

/** One condition of the policy, and the words in which a page lists it. */
export interface PasswordCondition {
  readonly words: string
  readonly holds: (password: string) => boolean
}

/** The policy of the pool in `infra/user-pool.ts`. */
export const passwordPolicy: readonly PasswordCondition[] = [
  { words: '12 characters or more', holds: (password) => [...password].length >= 12 },
  { words: 'at least one lower-case letter', holds: (password) => /[a-z]/.test(password) },
  { words: 'at least one upper-case letter', holds: (password) => /[A-Z]/.test(password) },
  { words: 'at least one number', holds: (password) => /[0-9]/.test(password) },
]

/** Characters of a password, at most: Cognito's limit. Longer ones are refused without being hashed. */
export const passwordCharsMax = 256

/** Whether a new password may be used. */
export function isAcceptable(password: string): boolean {
  return password.length <= passwordCharsMax && passwordPolicy.every(({ holds }) => holds(password))
}

/** 32 MB and about a tenth of a second for each password. */
const cost = 2 ** 15
const hashBytes = 32

type Options = { readonly N: number; readonly r: number; readonly p: number; readonly maxmem: number }
const derive = promisify<string, Buffer, number, Options, Buffer>(scrypt)

function hashWith(password: string, salt: Buffer, N: number): Promise<Buffer> {
  return derive(password, salt, hashBytes, { N, r: 8, p: 1, maxmem: 256 * N * 8 })
}

/** Hashes a password with a new salt. */
export async function hashPassword(password: string): Promise<PasswordHash> {
  const salt = randomBytes(16)
  const hash = await hashWith(password, salt, cost)
  return { salt: salt.toString('base64url'), hash: hash.toString('base64url'), cost }
}

/** The hash of no password: an unknown person takes as long as a wrong password. */
const unknown: PasswordHash = { salt: '', hash: Buffer.alloc(hashBytes).toString('base64url'), cost }

/** Compares a password with a hash in constant time. Without a hash it takes as long, and is false. */
export async function isPassword(password: string, stored: PasswordHash | undefined): Promise<boolean> {
  const { salt, hash, cost: N } = stored ?? unknown
  const given = await hashWith(password.slice(0, passwordCharsMax + 1), Buffer.from(salt, 'base64url'), N)
  return timingSafeEqual(given, Buffer.from(hash, 'base64url')) && stored !== undefined
}
