/** Refresh tokens: a sign-in, authenticated by HMAC-SHA-256 (RFC 2104). Like Firebase's they do not expire. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Provider } from './account-record.ts'
import { apiError } from './api-error.ts'

/** The sign-in that a refresh token continues. */
export interface SignIn {
  readonly localId: string
  readonly provider: Provider
  /** Seconds since the epoch. */
  readonly authTime: number
  readonly epoch: string
}

function macOf(secret: string, body: string): Buffer {
  return Buffer.from(createHmac('sha256', secret).update(`firebase refresh ${body}`).digest('base64url'))
}

/** The refresh token of a sign-in. */
export function sealSignIn(secret: string, { localId, provider, authTime, epoch }: SignIn): string {
  const body = Buffer.from(JSON.stringify({ localId, provider, authTime, epoch })).toString('base64url')
  return `${body}.${macOf(secret, body)}`
}

/** The sign-in of a refresh token. @throws ApiError INVALID_REFRESH_TOKEN for what `sealSignIn` did not make */
export function openSignIn(secret: string, token: string): SignIn {
  const [body = '', mac = '', ...more] = token.split('.')
  const expected = macOf(secret, body)
  const given = Buffer.from(mac)
  const isOwn = more.length === 0 && given.length === expected.length && timingSafeEqual(given, expected)
  if (!isOwn) throw apiError('INVALID_REFRESH_TOKEN')
  return JSON.parse(Buffer.from(body, 'base64url').toString())
}
