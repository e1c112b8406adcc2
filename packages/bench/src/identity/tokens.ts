/** Tokens in Firebase's format, and the key that signed them. */
import { generateKeyPairSync, sign } from 'node:crypto'
import { firebaseUrls } from '@fieldnotes/identity/issuer-urls'

/** Firebase project of the tokens. */
export const projectId = 'fieldnotes-bench'

/** Their issuer, and the URL of Google's key set. */
export const { issuer, jwksUri: keysUri } = firebaseUrls(projectId)

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** Id of the signing key. */
export const kid = 'bench-1'

/** The private key in PEM. */
export const privatePem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()

/** The public key in PEM. */
export const publicPem = publicKey.export({ format: 'pem', type: 'spki' }).toString()

/** The public key as a JWK. */
export const jwk = { ...publicKey.export({ format: 'jwk' }), kty: 'RSA', kid, alg: 'RS256', use: 'sig' }

function segment(content: object): string {
  return Buffer.from(JSON.stringify(content)).toString('base64url')
}

/** A token of the person with this number, valid for one hour. */
export function tokenOf(person: number): string {
  const now = Math.floor(Date.now() / 1000)
  const sub = `person-${String(person).padStart(6, '0')}-00000000000000`
  const claims = {
    iss: issuer,
    aud: projectId,
    auth_time: now - 60,
    user_id: sub,
    sub,
    iat: now - 10,
    exp: now + 3500,
    email: 'someone@example.com',
    email_verified: true,
    firebase: { identities: { email: ['someone@example.com'] }, sign_in_provider: 'password' },
  }
  const input = `${segment({ alg: 'RS256', kid, typ: 'JWT' })}.${segment(claims)}`
  return `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`
}

/** The same token with one bit of its signature flipped. */
export function forged(token: string): string {
  const end = token.lastIndexOf('.') + 1
  const signature = Buffer.from(token.slice(end), 'base64url')
  signature.writeUInt8(signature.readUInt8(0) ^ 1)
  return token.slice(0, end) + signature.toString('base64url')
}
