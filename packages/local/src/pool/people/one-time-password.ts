/** Time-based one-time passwords as a second factor (RFC 6238): six digits, 30 seconds, SHA-1, as Cognito has them. */
import { Secret, TOTP } from 'otpauth'
import type { SecondFactor } from './pool-person.ts'

const periodSeconds = 30

function totpOf(secret: string, label = ''): TOTP {
  return new TOTP({ issuer: 'Fieldnotes', label, secret: Secret.fromBase32(secret), period: periodSeconds })
}

/** A new secret of 160 bits, in base32. */
export function createSecret(): string {
  return new Secret({ size: 20 }).base32
}

/** The address that an authenticator app reads from a QR code. */
export function secretAddress(secret: string, label: string): string {
  return totpOf(secret, label).toString()
}

/**
 * The time step of a code that may be used now, or undefined. The step before and the step after are accepted, because
 * clocks differ (RFC 6238 §5.2). A step at or before the last used one is refused, so that a code works once.
 */
export function usableStep({ secret, usedStep }: SecondFactor, code: string): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined
  const delta = totpOf(secret).validate({ token: code, window: 1 })
  const step = Math.floor(Date.now() / 1000 / periodSeconds) + (delta ?? 0)
  return delta !== null && step > usedStep ? step : undefined
}
