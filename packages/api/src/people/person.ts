/** People as the code knows them. */

const handleShape = /^[0-9A-HJKMNP-TV-Z]{20}$/

/** Why a text can't be anybody's handle; undefined when it can. */
export function handleFault(handle: string): string | undefined {
  return handleShape.test(handle) ? undefined : 'not a handle'
}

/** What the token says of the caller. */
export interface Caller {
  /** Derived from issuer and subject; opaque. */
  readonly id: string
  readonly name: string | undefined
  /** Only ever a verified address. */
  readonly email: string | undefined
  readonly clientId: string | undefined
}

/** What is kept of a person from the first sight on. */
export interface Profile {
  readonly id: string
  readonly name: string | undefined
  readonly email: string | undefined
  /** 100 bits of chance in Crockford's base 32; by it, and by nothing else, others find the person. */
  readonly handle: string | undefined
  /** Counts the changes; 0 for a person of whom nothing is kept yet. */
  readonly revision: number
}

/** A person in an answer; what is kept of them is read only when it is asked for. */
export interface Person {
  readonly id: string
  readonly profile?: Profile
}
