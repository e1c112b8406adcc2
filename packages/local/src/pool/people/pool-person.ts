/** A person of the local user pool, as stored in the data folder. */
import { isCount, isFlag, isText, isTexts, members, optional } from '../../member-checks.ts'
import { isPasswordHash, type PasswordHash } from '../../password-hash.ts'

/** The account of a person at another provider (a federated user). */
export interface Federation {
  readonly provider: 'Google'
  readonly subject: string
}

/** A time-based one-time password (RFC 6238). */
export interface SecondFactor {
  /** Base32 (RFC 4648 §6). */
  readonly secret: string
  /** The last time step whose code was used: a code works once. */
  readonly usedStep: number
}

/** A person. `sub` and `username` never change. */
export interface Person {
  readonly sub: string
  /** The name of a person who signs in with one, else the same as `sub`; `google_…` for a federated person. */
  readonly username: string
  readonly email?: string | undefined
  readonly emailVerified: boolean
  readonly name?: string | undefined
  readonly groups: readonly string[]
  readonly password?: PasswordHash | undefined
  readonly secondFactor?: SecondFactor | undefined
  readonly federation?: Federation | undefined
  /** False until the code of the sign-up was confirmed. */
  readonly confirmed: boolean
  /** Changes when all sign-ins of the person end. Undefined before the first time. */
  readonly epoch?: string | undefined
  /** Milliseconds since the epoch. */
  readonly createdAt: number
}

const isSecondFactor = members<SecondFactor>({
  secret: (value) => typeof value === 'string' && /^[A-Z2-7]{16,128}$/.test(value),
  usedStep: isCount,
})

const isFederation = members<Federation>({ provider: (value) => value === 'Google', subject: isText })

/** Whether a value of the stored file is a person, each member of it. */
export const isPerson = members<Person>({
  sub: isText,
  username: isText,
  email: optional(isText),
  emailVerified: isFlag,
  name: optional(isText),
  groups: isTexts,
  password: optional(isPasswordHash),
  secondFactor: optional(isSecondFactor),
  federation: optional(isFederation),
  confirmed: isFlag,
  createdAt: isCount,
  epoch: optional(isText),
})
