/** Hashes of passwords as text: `scrypt-N-8-1$salt$hash`, the last two in base64url. */
import { hashPassword as hash, isPasswordHash, isPassword as isSame, type PasswordHash } from '../password-hash.ts'
import { BusyError } from '../work-queue.ts'
import { apiError } from './api-error.ts'

function busy(error: unknown): never {
  throw error instanceof BusyError ? apiError('TOO_MANY_ATTEMPTS_TRY_LATER') : error
}

/** Hashes `password` with a new salt. @throws ApiError TOO_MANY_ATTEMPTS_TRY_LATER when too many hashes are waiting */
export async function hashPassword(password: string): Promise<string> {
  const made = await hash(password).catch(busy)
  return `scrypt-${made.cost}-8-1$${made.salt}$${made.hash}`
}

/** The hash of a text; undefined for any other text. */
export function parseHash(text: string): PasswordHash | undefined {
  const [, cost, salt, hash] = /^scrypt-(\d{1,7})-8-1\$([\w-]{22})\$([\w-]{43})$/.exec(text) ?? []
  const parsed = { salt, hash, cost: Number(cost) }
  return isPasswordHash(parsed) ? parsed : undefined
}

/**
 * Whether `password` has this hash. Without a hash it is false, after the same work.
 * @throws ApiError TOO_MANY_ATTEMPTS_TRY_LATER when too many hashes are waiting
 */
export function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  return isSame(password, stored === undefined ? undefined : parseHash(stored)).catch(busy)
}
