/** Hashes of passwords by scrypt (RFC 7914): 32 MB and about a tenth of a second for each. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { createWorkQueue } from './work-queue.ts'

/** A hash with its salt, both base64url, and the cost that it was made with. */
export interface PasswordHash {
  readonly salt: string
  readonly hash: string
  /** CPU and memory cost: a power of two. */
  readonly cost: number
}

const newCost = 2 ** 15
const hashBytes = 32
const saltBytes = 16

type Options = { readonly N: number; readonly r: number; readonly p: number; readonly maxmem: number }
const derive = promisify<string, Buffer, number, Options, Buffer>(scrypt)

/**
 * All hashes of the process. Two of the four threads of libuv's pool are left to files and to names of hosts. Those
 * that wait take a few seconds together; more are refused, so that a flood of strangers does not make people wait
 * longer.
 */
const queued = createWorkQueue({ runningMax: 2, waitingMax: 40 })

function hashWith(password: string, salt: Buffer, N: number): Promise<Buffer> {
  return queued(() => derive(password, salt, hashBytes, { N, r: 8, p: 1, maxmem: 256 * N * 8 }))
}

/** Hashes a password with a new salt. @throws BusyError when too many hashes are waiting */
export async function hashPassword(password: string): Promise<PasswordHash> {
  const salt = randomBytes(saltBytes)
  const hash = await hashWith(password, salt, newCost)
  return { salt: salt.toString('base64url'), hash: hash.toString('base64url'), cost: newCost }
}

/** The hash of no password: without a stored hash a comparison takes as long. */
const none: PasswordHash = {
  salt: Buffer.alloc(saltBytes).toString('base64url'),
  hash: Buffer.alloc(hashBytes).toString('base64url'),
  cost: newCost,
}

/**
 * Compares a password with a hash in constant time. Without a hash it takes as long, and is false.
 * @throws BusyError when too many hashes are waiting
 */
export async function isPassword(password: string, stored: PasswordHash | undefined): Promise<boolean> {
  const { salt, hash, cost } = stored ?? none
  const given = await hashWith(password, Buffer.from(salt, 'base64url'), cost)
  return timingSafeEqual(given, Buffer.from(hash, 'base64url')) && stored !== undefined
}

function hasBytes(value: unknown, length: number): boolean {
  return typeof value === 'string' && /^[\w-]*$/.test(value) && Buffer.from(value, 'base64url').length === length
}

/** Costs that a stored hash may have: from half of today's to four times as much. */
const costs: readonly unknown[] = [1, 2, 4, 8].map((times) => (times * newCost) / 2)

/** Whether a value of a stored file is a hash that can be compared. */
export function isPasswordHash(value: unknown): value is PasswordHash {
  const { salt, hash, cost } = (value ?? {}) as Partial<Record<keyof PasswordHash, unknown>>
  return hasBytes(salt, saltBytes) && hasBytes(hash, hashBytes) && costs.includes(cost)
}
