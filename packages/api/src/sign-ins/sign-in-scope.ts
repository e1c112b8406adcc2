/** The dependencies of the operations on sign-ins, bound to one caller. */
import type { PendingSignOut } from '@fieldnotes/table/sign-outs'
import type { Table } from '@fieldnotes/table/table'
import type { Cursors } from '../notes/cursors.ts'

/** The caller, as the verified credential describes their sign-in. */
export interface SignedIn {
  readonly id: string
  /** The name of their issuer. */
  readonly issuer: string
  /** Their `sub` at that issuer. */
  readonly subject: string
  /** This sign-in. Undefined where the credential does not name one. */
  readonly loginId: string | undefined
}

export interface SignInScope {
  /** The table Access, with a deadline that begins now. */
  readonly open: () => Pick<Table, 'batchGet' | 'get' | 'query' | 'transact'>
  readonly caller: SignedIn
  readonly cursors: Cursors
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  /** Waits for some milliseconds, at most once in a request: it may have any number of sign-outs. */
  readonly pause: (ms: number) => Promise<void>
  /** Informs the caller's issuer. It never throws: what fails is tried again later. */
  readonly inform: (signOut: PendingSignOut) => Promise<unknown>
}
