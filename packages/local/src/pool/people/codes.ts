/** Codes of six digits that a person gets by mail. A code works once, for a limited time, and for five tries. */
import { randomInt, timingSafeEqual } from 'node:crypto'
import { createExpiringMap } from './expiring-map.ts'
import { pauseSeconds } from './pauses.ts'

/** Seconds for which a code is good: those of Cognito for a sign-up and for a forgotten password. */
export const codeLife = { confirm: 24 * 3600, reset: 3600 } as const

/** What a code is for. */
export type CodePurpose = keyof typeof codeLife

/** Wrong codes, after which the right one is refused too. */
const triesMax = 5

interface Code {
  readonly digits: string
  readonly sentAt: number
  tries: number
}

/** The codes of one purpose, by the `sub` of a person. */
export interface Codes {
  /** A new code that replaces the last one, or the seconds to wait until there can be one. */
  readonly issue: (sub: string) => { readonly digits: string } | { readonly waitSeconds: number }
  /** Whether these digits are the person's code. Returns true once. */
  readonly redeem: (sub: string, digits: string) => boolean
}

function isSame(given: string, digits: string): boolean {
  return /^\d{6}$/.test(given) && timingSafeEqual(Buffer.from(given), Buffer.from(digits))
}

/** Creates the codes of a purpose. */
export function createCodes(purpose: CodePurpose): Codes {
  const codes = createExpiringMap<Code>({ lifeSeconds: codeLife[purpose] })
  return {
    issue: (sub) => {
      const waitSeconds = Math.ceil(pauseSeconds - (Date.now() - (codes.get(sub)?.sentAt ?? 0)) / 1000)
      if (waitSeconds > 0) return { waitSeconds }
      const digits = String(randomInt(1_000_000)).padStart(6, '0')
      codes.set(sub, { digits, sentAt: Date.now(), tries: 0 })
      return { digits }
    },
    redeem: (sub, digits) => {
      const code = codes.get(sub)
      if (!code || code.tries >= triesMax) return false
      code.tries += 1
      const same = isSame(digits, code.digits)
      if (same) codes.delete(sub)
      return same
    },
  }
}
