import type { Principal } from '@fieldnotes/core/principal'

/** What one operation may use. */
export interface Context {
  readonly principal: Principal
}
