/** People in the code. `profile-item.ts` maps profiles to items of the table. */

/** The caller, as the verified token describes them. */
export interface Caller {
  /** Derived from issuer and subject; opaque. */
  readonly id: string
  readonly name: string | undefined
  /** A verified address. */
  readonly email: string | undefined
  /**
   * A verified address of the sign-in, which may be weeks old: for a profile that has none. Tokens of our own issuer
   * have no address.
   */
  readonly emailAtSignIn?: string | undefined
  /** The OAuth client. */
  readonly clientId: string | undefined
  /** Whether the client is of another party. Its requests read the profile and never write it. */
  readonly thirdParty: boolean
  /**
   * Whether the token reads notes. Remedies that are about one note are for such callers: it is called for a refusal
   * alone.
   */
  readonly readsNotes: () => boolean
}

/** The stored profile of a person, which their first request by a client of the product creates. */
export interface Profile {
  readonly id: string
  readonly name: string | undefined
  readonly email: string | undefined
  /** See `handle.ts`. */
  readonly handle: string | undefined
  /** Counts the changes; 0 for a person without a stored profile. */
  readonly revision: number
}

/** A person in a response. The profile is read only when one of its fields is selected. */
export interface Person {
  readonly id: string
  readonly profile?: Profile
}
