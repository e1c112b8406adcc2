/**
 * Handles: the secret codes by which people find each other to share notes. 20 characters of Crockford's base 32 are
 * 100 random bits.
 */

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const characters = 20
const shape = /^[0-9A-HJKMNP-TV-Z]{20}$/

/** A new handle. `random` returns as many unpredictable bytes as its argument says. */
export function newHandle(random: (bytes: number) => Uint8Array): string {
  return [...random(characters)].map((byte) => alphabet[byte % alphabet.length]).join('')
}

/** Why a text is not a handle; undefined when it is. */
export function handleFault(handle: string): string | undefined {
  return shape.test(handle) ? undefined : 'not a handle'
}
