import type { Principal } from '@fieldnotes/core/principal'
import type { Policy } from '@fieldnotes/policy/policy'
import type { Session } from '../graphql/session.ts'

/** What one operation may use. */
export interface Context extends Session {
  readonly principal: Principal
  /** The gateway's name for the request: in the log, and told to the client with INTERNAL. */
  readonly requestId: string
  /** The rules' own verdict, for `viewerCan` and for the note that a CONFLICT carries. */
  readonly judge: Policy['judge']
}
