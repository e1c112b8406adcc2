/** Codes that are sent by e-mail ("out-of-band"): random, valid for one hour, and used once. */
import { randomBytes } from 'node:crypto'
import { apiError } from './api-error.ts'

/** What a code is for, with the `mode` of the link that contains it. */
export const codeModes = {
  PASSWORD_RESET: 'resetPassword',
  VERIFY_EMAIL: 'verifyEmail',
  VERIFY_AND_CHANGE_EMAIL: 'verifyAndChangeEmail',
} as const

/** What a code is for. */
export type CodeType = keyof typeof codeModes

/** A code for one account. */
export interface Code {
  readonly oobCode: string
  readonly requestType: CodeType
  readonly localId: string
  /** The address to which it was sent; a code for an earlier address of the account is invalid. */
  readonly email: string
  /** The account's epoch: a code for an account whose tokens have been ended meanwhile is invalid. */
  readonly epoch: string
  /** The address that it confirms, where it is for a change. */
  readonly newEmail: string | undefined
  readonly oobLink: string
  /** Milliseconds since the epoch. */
  readonly sentAt: number
}

/** The codes that have been sent and not used. They are lost when the cloud ends. */
export interface Codes {
  readonly create: (code: Omit<Code, 'oobCode' | 'oobLink' | 'sentAt'>, linkOf: (oobCode: string) => string) => Code
  /** @throws ApiError INVALID_OOB_CODE, EXPIRED_OOB_CODE */
  readonly read: (oobCode: string) => Code
  /** Reads and deletes a code in one step. @throws ApiError as `read`, also for the second of two parallel uses */
  readonly use: (oobCode: string) => Code
  /** The codes that have not expired. */
  readonly all: () => readonly Code[]
}

const lifetimeMilliseconds = 3_600_000

/** `now` returns milliseconds since the epoch. A new code replaces the account's earlier one of the same type. */
export function createCodes(now: () => number): Codes {
  const codes = new Map<string, Code>()
  const keyOf = ({ localId, requestType }: Pick<Code, 'localId' | 'requestType'>) => `${requestType} ${localId}`
  const isExpired = ({ sentAt }: Code): boolean => now() - sentAt >= lifetimeMilliseconds
  const read = (oobCode: string): Code => {
    const code = [...codes.values()].find((each) => each.oobCode === oobCode)
    if (!code) throw apiError('INVALID_OOB_CODE')
    if (isExpired(code)) throw apiError('EXPIRED_OOB_CODE')
    return code
  }
  return {
    create(given, linkOf) {
      const oobCode = randomBytes(32).toString('base64url')
      const code = { ...given, oobCode, oobLink: linkOf(oobCode), sentAt: now() }
      codes.set(keyOf(code), code)
      return code
    },
    read,
    use(oobCode) {
      const code = read(oobCode)
      codes.delete(keyOf(code))
      return code
    },
    all: () => [...codes.values()].filter((code) => !isExpired(code)),
  }
}
