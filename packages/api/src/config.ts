import type { Issuer } from '@fieldnotes/identity/issuer'
import { Resource } from 'sst'
import { type Links, parseConfig } from './parse-config.ts'

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

/** The variables of this process, for whoever inspects them. */
export const environment: Readonly<Record<string, string | undefined>> = process.env

/** What Google hands out for a service account, as firebase-admin takes it. */
export interface ServiceAccount {
  readonly projectId: string
  readonly clientEmail: string
  /** PEM. Never logged. */
  readonly privateKey: string
}

/**
 * The configuration of this process, from SST's links and the environment; nothing else reads either.
 * @throws Error that lists everything that is wrong, so that a bad deployment never answers its first request.
 */
export const readConfig = (): Config =>
  parseConfig(
    {
      App: linked('App'),
      Notes: linked('Notes'),
      CursorSecrets: linked('CursorSecrets'),
      FirebaseServiceAccount: linked('FirebaseServiceAccount'),
    },
    environment,
  )

/** `Resource` throws for what is not linked; we would rather list it among the faults. Its types come with a deployment. */
const linked = (name: keyof Links): unknown => {
  try {
    return (Resource as unknown as Links)[name]
  } catch {
    return undefined
  }
}
