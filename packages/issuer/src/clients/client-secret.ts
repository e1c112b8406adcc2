/** Secrets of our own clients and of cookies: each is derived, so that one secret has to be kept for all of them. */
import { hkdfSync } from 'node:crypto'

/** Bytes of a secret: 288 bits, as `admin clients` draws for third parties. */
const secretBytes = 36

/**
 * The secret of a client, in base64url. It is the same for the same root, and says nothing of the root or of another
 * client's (HKDF, RFC 5869).
 * @param root at least 32 bytes that no client has
 */
export function clientSecretOf(clientId: string, root: string): string {
  return derived(root, `client secret of ${clientId}`)
}

/** The secret that signs the cookies of sign-ins at the issuer. No client has it. */
export function cookieSecretOf(root: string): string {
  return derived(root, 'cookies of our own issuer')
}

function derived(root: string, use: string): string {
  return Buffer.from(hkdfSync('sha256', root, '', use, secretBytes)).toString('base64url')
}
