/** A person of the local user pool, as stored in the data folder. */
import type { PasswordHash } from '../../password-hash.ts'

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

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

/** Whether a value of the stored file has the members of a person. */
export function isPerson(value: unknown): value is Person {
  const { sub, username, groups, confirmed } = (value ?? {}) as Partial<Person>
  return isText(sub) && isText(username) && Array.isArray(groups) && typeof confirmed === 'boolean'
}
