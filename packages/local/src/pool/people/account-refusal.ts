/** Why an act on an account is refused. Pages and the API each have one table from these reasons to their words. */

/** A reason. None says whether a name or an address is known. */
export type AccountReason =
  | 'CREDENTIALS_WRONG'
  | 'LOCKED'
  | 'UNCONFIRMED'
  | 'CODE_WRONG'
  | 'CODE_TOO_SOON'
  | 'PASSWORD_WEAK'
  | 'EMAIL_INVALID'
  | 'NAME_INVALID'
  | 'USERNAME_INVALID'
  | 'USERNAME_TAKEN'
  | 'POOL_FULL'

/** A refused act. */
export class AccountRefusal extends Error {
  override readonly name = 'AccountRefusal'
  readonly reason: AccountReason
  /** Seconds to wait, for `LOCKED` and `CODE_TOO_SOON`. */
  readonly waitSeconds: number
  /** `sub` of the person, for `UNCONFIRMED`: the password was right. */
  readonly sub: string | undefined

  constructor(reason: AccountReason, { waitSeconds = 0, sub }: { waitSeconds?: number; sub?: string } = {}) {
    super(reason)
    this.reason = reason
    this.waitSeconds = waitSeconds
    this.sub = sub
  }
}
