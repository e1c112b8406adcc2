/** What the endpoint is told from outside, wherever it runs. */
import type { Issuer } from '@fieldnotes/identity/issuer'

/** All that the endpoint is told from outside. Everything else takes arguments. */
export interface Config {
  readonly stage: string
  /** Development answers with explanations and allows introspection to everyone. Never true in a deployed stage. */
  readonly development: boolean
  /** Our own resource identifier: an absolute URL of the endpoint (RFC 9728 §2, RFC 8707 §2). */
  readonly resource: string
  readonly issuers: readonly Issuer[]
  readonly table: TableConfig
  /** `listed`: only the operations of `packages/api/operations` are executed. */
  readonly operations: 'any' | 'listed'
  /** Keys for signing cursors, newest first; each at least 32 bytes. */
  readonly cursorSecrets: readonly string[]
  /** Who asks Firebase whether an account still stands. Without it there are no online checks. */
  readonly firebaseServiceAccount?: ServiceAccount
}

export interface TableConfig {
  readonly name: string
  readonly region: string
  /** Another DynamoDB than the region's own, such as the embedded one. */
  readonly endpoint?: string
}

/** What Google hands out for a service account, as firebase-admin takes it. */
export interface ServiceAccount {
  readonly projectId: string
  readonly clientEmail: string
  /** PEM. Never logged. */
  readonly privateKey: string
}
