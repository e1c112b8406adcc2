/** A person who has signed in at one of the providers, which keep the passwords. */

/** A sign-in of a person. */
export interface SignIn {
  readonly personId: string
  /** When the person signed in, in seconds since the epoch. */
  readonly authTime: number
  readonly loginId: string
}

/** A person who has just signed in. */
export interface SignedInPerson extends SignIn {
  readonly name: string | undefined
  /** Name of the provider's row, and the person's groups there: the policies of groups apply at each refresh. */
  readonly issuer: string
  readonly groups: readonly string[]
  /** `sub` there. A sign-in that was stored in an earlier form has none. */
  readonly subject?: string
  readonly scopes: readonly string[]
}
