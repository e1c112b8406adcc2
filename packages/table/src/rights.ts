/**
 * Which function may touch which partitions of the tables `access` and `rates`. `infra/table-permissions.ts` makes IAM
 * statements of it, with a condition on the partition key. A function gets the rights of its row and no other.
 */
import type { TableName } from './table-shapes.ts'

/** An action of IAM on a table, without its prefix `dynamodb:`. */
export type TableAction = 'BatchGetItem' | 'DeleteItem' | 'GetItem' | 'PutItem' | 'Query' | 'UpdateItem'

/** Actions on partitions. */
export interface Right {
  readonly table: Exclude<TableName, 'notes'>
  /** Partition keys; a `*` at the end matches any text. */
  readonly partitions: readonly string[]
  readonly actions: readonly TableAction[]
}

function access(partitions: readonly string[], ...actions: readonly TableAction[]): Right {
  return { table: 'access', partitions, actions }
}

function rates(partitions: readonly string[], ...actions: readonly TableAction[]): Right {
  return { table: 'rates', partitions, actions }
}

const readsRevocations = access(['REVOKED'], 'Query')
const readsGroupPolicies = access(['GROUPS'], 'Query')
const writesRevocations = access(['REVOKED'], 'PutItem', 'Query')
const readsAccessTokens = access(['OIDC#AccessToken#*'], 'GetItem')
const endsAndRefreshes = access(['ENDED#*'], 'BatchGetItem', 'PutItem')

/** Finds applications and judges API keys, which operators alone write, notes their use, and takes from buckets. */
const limitsCallers = [
  access(['APPLICATION#*'], 'GetItem'),
  access(['APPLICATIONOF#*'], 'Query'),
  access(['KEYUSE#*'], 'UpdateItem'),
  rates(['BUCKET#*'], 'UpdateItem'),
] as const

/** Function → rights. */
export const rights = {
  /**
   * The endpoint. It looks opaque access tokens up. A person signs out, which counts; lists their sessions and
   * connected apps, and ends them. It notes which issuer and provider are to be informed: the pass informs them. It
   * uses up DPoP proofs.
   */
  graphql: [
    writesRevocations,
    readsGroupPolicies,
    readsAccessTokens,
    endsAndRefreshes,
    access(['SIGNOUT'], 'PutItem'),
    access(['PERSON#*'], 'DeleteItem', 'GetItem', 'Query', 'UpdateItem'),
    access(['SESSION#*'], 'UpdateItem'),
    access(['SESSIONEND'], 'PutItem'),
    access(['PROOF#*'], 'PutItem'),
    ...limitsCallers,
  ],
  /** The entry of browser sessions: turns a cookie into a token. The endpoint in its process adds its own rights. */
  entry: [readsRevocations, access(['SESSION#*'], 'GetItem')],
  /** Browser sessions: signs in, refreshes, signs out, and informs the provider of the sessions of that person. */
  session: [
    writesRevocations,
    endsAndRefreshes,
    access(['SESSIONEND'], 'DeleteItem', 'PutItem', 'Query'),
    access(['LOGIN#*'], 'DeleteItem', 'PutItem'),
    access(['SESSION#*'], 'DeleteItem', 'GetItem', 'PutItem', 'UpdateItem'),
    access(['SIGNIN#*'], 'DeleteItem', 'GetItem', 'PutItem'),
    access(['PERSON#*'], 'DeleteItem', 'PutItem', 'Query', 'UpdateItem'),
  ],
  /** The pass of browser sessions: informs providers and issuers of what has ended, and ends what a crash has left. */
  inform: [
    access(['SESSIONEND'], 'DeleteItem', 'PutItem', 'Query'),
    access(['SIGNOUT'], 'DeleteItem', 'Query'),
    access(['LOGIN#*'], 'DeleteItem'),
    access(['SESSION#*'], 'DeleteItem', 'GetItem', 'UpdateItem'),
    access(['PERSON#*'], 'DeleteItem', 'Query'),
  ],
  /** The OAuth server. */
  issuer: [
    writesRevocations,
    readsGroupPolicies,
    endsAndRefreshes,
    access(['OIDC#*'], 'DeleteItem', 'GetItem', 'PutItem', 'UpdateItem'),
    access(['GRANT#*'], 'PutItem', 'Query'),
    access(['ALIAS#*'], 'GetItem', 'PutItem'),
    access(['PERSON#*'], 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
    access(['CLIENT#*'], 'GetItem'),
  ],
  /** The first of two checks, at the gateway. */
  authorizer: [readsRevocations],
  /** Exports a person's notes. */
  exporter: [readsRevocations, access(['EXPORT#*'], 'GetItem', 'PutItem', 'Query')],
} as const satisfies Readonly<Record<string, readonly Right[]>>

/** A function that has rights on a table. */
export type FunctionName = keyof typeof rights
