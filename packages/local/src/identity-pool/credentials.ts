/**
 * AWS credentials of the laptop's identity pool. Nothing is stored: the session token says whose they are, under a code
 * that only this cloud can make, and the secret follows from the token.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { FindSigner } from '../gateway/request-signature.ts'
import { iamFields } from './iam-fields.ts'

/** Seconds for which credentials are valid, as those of `GetCredentialsForIdentity`. */
export const credentialSeconds = 3600

/** Whose credentials they are. */
export interface Holder {
  readonly identityId: string
  /** `sub` of the person at the user pool. */
  readonly subject: string
}

/** Credentials as the API returns them; `expiresAt` is in seconds since the epoch. */
export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
  readonly expiresAt: number
}

/** Makes credentials, and finds the signer of those that are still valid. */
export interface CredentialStore {
  readonly issue: (holder: Holder) => Credentials
  readonly findSigner: FindSigner
}

interface Contents extends Holder {
  readonly accessKeyId: string
  readonly expiresAt: number
}

/** `secret` is of the data folder; `clock` returns milliseconds since the epoch. */
export function createCredentials(secret: string, clock: () => number): CredentialStore {
  function codeOf(use: string, text: string): string {
    return createHmac('sha256', `identity-pool ${use} ${secret}`).update(text).digest('base64url')
  }

  function contentsOf(sessionToken: string): Contents | undefined {
    const [payload = '', code = ''] = sessionToken.split('.')
    const expected = Buffer.from(codeOf('token', payload))
    const given = Buffer.from(code)
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined
    return JSON.parse(Buffer.from(payload, 'base64url').toString())
  }

  return {
    issue: (holder) => {
      const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`
      const expiresAt = Math.floor(clock() / 1000) + credentialSeconds
      const contents: Contents = { ...holder, accessKeyId, expiresAt }
      const payload = Buffer.from(JSON.stringify(contents)).toString('base64url')
      const sessionToken = `${payload}.${codeOf('token', payload)}`
      return { accessKeyId, secretAccessKey: codeOf('key', sessionToken), sessionToken, expiresAt }
    },
    findSigner: (accessKeyId, sessionToken) => {
      const contents = contentsOf(sessionToken)
      if (contents?.accessKeyId !== accessKeyId || contents.expiresAt * 1000 <= clock()) return undefined
      return { secretAccessKey: codeOf('key', sessionToken), sessionToken, iam: iamFields(contents) }
    },
  }
}
