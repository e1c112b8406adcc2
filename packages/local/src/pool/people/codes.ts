/** Codes of six digits that a person gets by mail. A code works once, for a limited time, and for five tries. */
import { randomInt, timingSafeEqual } from 'node:crypto'
import { createExpiringMap } from './expiring-map.ts'
import { pauseSeconds } from './pauses.ts'
import type { Person } from './pool-person.ts'

/** Seconds for which a code is good: those of Cognito for a sign-up and for a forgotten password. */
export const codeLife = { confirm: 24 * 3600, reset: 3600 } as const

/** What a code is for. */
export type CodePurpose = keyof typeof codeLife

/** Wrong codes, after which the right one is refused too. */
const triesMax = 5

/**
 * Whom a code is for. A `sub` that follows from a name is used again after its sign-up was removed: a code is good for
 * that sign-up and that address alone to which it was mailed.
 */
export type Addressee = Pick<Person, 'sub' | 'email' | 'createdAt'>

interface Code extends Addressee {
  readonly digits: string
  readonly sentAt: number
  tries: number
}

/** The codes of one purpose, by the `sub` of a person. */
export interface Codes {
  /** A new code that replaces the last one, or the seconds to wait until there can be one. */
  readonly issue: (person: Addressee) => { readonly digits: string } | { readonly waitSeconds: number }
  /**
   * Runs `use` when these digits are the person's code; undefined when they are not. The code is used up by what has
   * succeeded: when `use` throws, it stays good.
   */
  readonly redeem: <T>(person: Addressee, digits: string, use: () => T) => T | undefined
  /** Whether a code for this person can still be redeemed. */
  readonly has: (person: Addressee) => boolean
}

/** Creates the codes of a purpose. */
export function createCodes(purpose: CodePurpose): Codes {
  const codes = createExpiringMap<Code>({ lifeSeconds: codeLife[purpose] })

  function codeOf({ sub, email, createdAt }: Addressee): Code | undefined {
    const code = codes.get(sub)
    return code?.email === email && code?.createdAt === createdAt ? code : undefined
  }

  /** Counts a try. What is no six digits is none: it can't be right. */
  function isRight(code: Code | undefined, given: string): boolean {
    if (!code || code.tries >= triesMax || !/^\d{6}$/.test(given)) return false
    code.tries += 1
    return timingSafeEqual(Buffer.from(given), Buffer.from(code.digits))
  }

  return {
    issue: ({ sub, email, createdAt }) => {
      const sentAt = codeOf({ sub, email, createdAt })?.sentAt ?? 0
      const waitSeconds = Math.ceil(pauseSeconds - (Date.now() - sentAt) / 1000)
      if (waitSeconds > 0) return { waitSeconds }
      const digits = String(randomInt(1_000_000)).padStart(6, '0')
      codes.set(sub, { sub, email, createdAt, digits, sentAt: Date.now(), tries: 0 })
      return { digits }
    },
    redeem: (person, digits, use) => {
      if (!isRight(codeOf(person), digits)) return undefined
      const used = use()
      codes.delete(person.sub)
      return used
    },
    has: (person) => codeOf(person) !== undefined,
  }
}
