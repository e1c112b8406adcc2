/** Why an act on an account is refused. Pages and the API each have one table from these reasons to their words. */
import { BusyError } from '../../work-queue.ts'

/** A reason. None says whether a name or an address is known. */
export type AccountReason =
  | 'BUSY'
  | 'CREDENTIALS_WRONG'
  | 'ENDED'
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
  | 'SIGN_UPS_WAIT'

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

/** Waits for hashes of passwords. @throws AccountRefusal BUSY when too many of them are waiting */
export async function refusingBusy<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw error instanceof BusyError ? new AccountRefusal('BUSY') : error
  }
}
