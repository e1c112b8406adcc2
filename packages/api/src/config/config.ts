/**
 * The endpoint's configuration, as types. `read-config.ts` makes it on a deployed stage, `packages/local` on a laptop.
 */

import type { Executor } from '@fieldnotes/core/executors'
import type { GroupMode } from '@fieldnotes/core/group-policy'
import type { Issuer } from '@fieldnotes/identity/issuer'
import type { SignedRequests } from '@fieldnotes/identity/signed-requests'
import type { ClientScopes } from '@fieldnotes/stage/client-scopes'
import type { TableConfig } from '@fieldnotes/table/table-config'

/**
 * Whether a request needs the verdict of the gateway's authorizer. `demanded`: without one, or with one that differs
 * from the endpoint's own, it is refused. `absent`: the endpoint judges alone.
 */
export const gates = ['demanded', 'absent'] as const

/** Whether a caller with a token needs an API key too. */
export const apiKeyDemands = ['optional', 'demanded'] as const

/** Shares of the requests whose decisions can be recorded in the log. */
export const decisionSamples = ['0.001', '0.01', '0.1', '1'] as const

/** Everything that differs between the environments where the endpoint runs. */
export interface Config {
  readonly stage: string
  /** Responses explain their decisions, and every caller may read the schema. Never true on a deployed stage. */
  readonly development: boolean
  /** Resource identifier of the endpoint: its absolute URL (RFC 9728 §2, RFC 8707 §2). */
  readonly resource: string
  readonly issuers: readonly Issuer[]
  /**
   * The API's scopes that each app client of the user pool can get; any other client gets none. When undefined, each
   * may get all scopes of the issuer.
   */
  readonly clientScopes?: ClientScopes
  readonly table: TableConfig
  /**
   * The table of sessions, clients, revocations and policies of groups. Undefined in a configuration that no other door
   * shares.
   */
  readonly access?: TableConfig
  /**
   * What holds for a person who is in no group with a policy: `open`, the scopes of the token; `governed`, no scopes.
   * `open` when undefined.
   */
  readonly groups?: GroupMode
  /** The table of buckets. Undefined in a configuration that is written by hand: no caller is limited. */
  readonly rates?: TableConfig
  /** `demanded`: a token without an API key is refused. `optional` when undefined. */
  readonly apiKeys?: (typeof apiKeyDemands)[number]
  /** `listed`: only the operations of `packages/api/operations` are executed. */
  readonly operations: 'any' | 'listed'
  /**
   * What executes valid operations. `plans` when undefined: compiled plans; `graphql-js`: graphql-js's own `execute`.
   */
  readonly executor: Executor | undefined
  /** The share of the requests whose decisions are recorded, without ids and contents. Default: none. */
  readonly decisionSample?: (typeof decisionSamples)[number]
  /** Of a configuration that is written by hand: `absent` when undefined. A deployed stage has to say it. */
  readonly gate?: (typeof gates)[number]
  /** How callers reach `/graphql`: `session` behind the entry of browser sessions. `bearer` when undefined. */
  readonly via?: 'bearer' | 'session'
  /** Whose signed requests (SigV4) `/iam/graphql` answers. Undefined: the path is 404. */
  readonly iam?: SignedRequests
  /** How the endpoint calls the exporter for a person. Undefined: `exportMyData` is UNAVAILABLE. */
  readonly downstream?: DownstreamConfig
  /** Keys that sign cursors, newest first; each at least 32 bytes. */
  readonly cursorSecrets: readonly string[]
  /** Credential for Firebase's check whether an account is still enabled. Without it no account is checked. */
  readonly firebaseServiceAccount?: ServiceAccount
}

/** The endpoint as a client of our own issuer, and the services for which it exchanges tokens. */
export interface DownstreamConfig {
  /** The issuer's token endpoint. */
  readonly tokenEndpoint: string
  readonly clientId: 'fieldnotes-api'
  /** Never logged. */
  readonly clientSecret: string
  /** The exporter's identifier, the `aud` of its tokens: `<origin>/exporter`. */
  readonly exporter: string
}

/** Members of a Google service account's JSON that firebase-admin needs. */
export interface ServiceAccount {
  readonly projectId: string
  readonly clientEmail: string
  /** PEM. Never logged. */
  readonly privateKey: string
}
