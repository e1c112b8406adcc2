/** The authorizer's configuration. `parse-config.ts` makes it on a deployed stage, `packages/local` on a laptop. */
import type { Issuer } from '@fieldnotes/identity/issuer'
import type { TableConfig } from '@fieldnotes/table/table-config'

/** Everything that differs between the environments where the authorizer runs. */
export interface Config {
  /** Resource identifier of the endpoint: its absolute URL (RFC 9728 §2). */
  readonly resource: string
  readonly issuers: readonly Issuer[]
  /** The table of revocations. */
  readonly access: TableConfig
  /**
   * Whether a refused credential ends at the gateway. API Gateway then answers a bare 403, without `WWW-Authenticate`,
   * so that clients can't learn what to do.
   */
  readonly gateDenies: boolean
}
