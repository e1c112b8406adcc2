/** The context of one GraphQL operation. */
import type { Principal } from '@fieldnotes/core/principal'
import type { Policy } from '@fieldnotes/policy/policy'
import type { ExchangeFor } from '../downstream/exchange-for.ts'
import type { Notes } from '../notes/note-operations.ts'
import type { People } from '../people/people-operations.ts'
import type { SignIns } from '../sign-ins/sign-in-operations.ts'

/** The operations of one caller on notes and people. */
export interface CallerData {
  readonly notes: Notes
  readonly people: People
}

export interface Context extends CallerData {
  readonly principal: Principal
  /** The operations on the caller's sign-ins. */
  readonly signIns: SignIns
  /** Calls the next service for the caller, with a smaller token that no resolver sees. */
  readonly exchangeFor: ExchangeFor
  /** The gateway's id of the request, for log lines and for INTERNAL errors. */
  readonly requestId: string
  /** Takes the cost of the operation from the limit of its caller. @throws LIMIT_EXCEEDED */
  readonly spend: (cost: number) => Promise<void>
  /** Evaluates a rule for a caller and an object: for `viewerCan`, and for the note in a CONFLICT. */
  readonly judge: Policy['judge']
}
