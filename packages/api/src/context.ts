import type { Principal } from '@fieldnotes/core/principal'

/** What one operation may use. */
export interface Context {
  readonly principal: Principal
  /** The gateway's name for the request: in the log, and told to the client with INTERNAL. */
  readonly requestId: string
}
