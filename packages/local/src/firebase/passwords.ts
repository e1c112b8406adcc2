/** Hashes of passwords: scrypt (RFC 7914), with 32 MB and about a tenth of a second for each. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify<string, Buffer, number, object, Buffer>(scrypt)

const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 2 ** 26 }
const name = `scrypt-${cost.N}-${cost.r}-${cost.p}`

/** Hashes `password` with a new salt: `scrypt-N-r-p$salt$hash`, the last two in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(password, salt, 32, cost)
  return [name, salt.toString('base64url'), hash.toString('base64url')].join('$')
}

/** A hash that no password has. Work with it takes as long as with a stored hash. */
const nothing = `${name}$${'A'.repeat(22)}$`

/** Whether `password` has this hash. Without a hash it is false, after the same work. */
export async function isPassword(password: string, stored: string = nothing): Promise<boolean> {
  const [parameters, salt = '', hash = ''] = stored.split('$')
  const derived = await derive(password, Buffer.from(salt, 'base64url'), 32, cost)
  const expected = Buffer.from(hash, 'base64url')
  return parameters === name && expected.length === derived.length && timingSafeEqual(expected, derived)
}
